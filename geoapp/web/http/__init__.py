"""What every answer needs: parameters, problems, responses, ranges, caches."""
