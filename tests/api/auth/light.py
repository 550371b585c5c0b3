"""Passwords hashed as in the service but at the least cost: what a test of something else asks for."""

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

LIGHT = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
NOBODY = LIGHT.hash("nobody has this password")
