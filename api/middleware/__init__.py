"""What happens to every request before and after its route (*intermédiaires*): one plain ASGI layer a file, in the order of ``api.app``."""
