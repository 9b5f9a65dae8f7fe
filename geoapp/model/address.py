"""Addresses of pages and files, as the rooms below the web know them: from the atlas' own root."""


class Address(str):
    """A path from the root of the atlas, such as ``/regions/150621``.

    Where that root lies for a reader (``https://host/atlas``) only a request knows: the web puts it in
    front when the answer leaves (:mod:`geoapp.web.http.addresses`). A plain text is never changed.
    """

    __slots__ = ()
