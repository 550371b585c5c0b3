"""How the tables are reached: one repository per notion, each made for one :class:`~api.store.scope.Scope`."""
