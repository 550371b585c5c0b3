"""The pages (*application web*): what people see, made on the server, readable without JavaScript.

A page is one file of ``pages``: its routes, and a :class:`~api.web.page.Page` that says what its template receives. Everything that it does
is done by ``api.services``, as for the API.
"""
