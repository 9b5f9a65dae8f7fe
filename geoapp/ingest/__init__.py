"""Files people edit become checked tables. The only place that repairs or refuses."""
