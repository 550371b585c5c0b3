"""The store (*base de données*): what an organisation trusts us with, in SQLite by default or in PostgreSQL.

``tables`` says what is kept, one notion a file; ``repositories`` how it is reached, never outside a :class:`~api.store.scope.Scope`;
``unit_of_work`` the one way to open a transaction::

    store = Store(settings.database_url)
    with store.write(actor=account.id) as unit:
        person = unit.of(Scope(organisation=account.organisation_id)).people.add()

SQLAlchemy stays inside this package; what comes out are rows, readable after their transaction has ended.
"""
