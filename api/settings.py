"""The settings (*réglages*): one table, read from the environment (``PASSERELLES_…``) or from a file ``.env``.

Every field says in French what it does; ``docs/settings.md`` is written from here. A server in production refuses to start with the
secret that ships.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "PASSERELLES_"
DEFAULT_SECRET = "secret-de-developpement-a-remplacer"
_SHORTEST_SECRET = 32


class Environment(StrEnum):
    """Where the program runs."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class WrongSettings(ValueError):
    """A setting can't be used; the message says which, and what to write."""


class Settings(BaseSettings):
    """Every setting.

    Raises
    ------
    WrongSettings
        By :func:`settings`: a value has no sense, or production was asked for with the secret that ships.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    environment: Environment = Field(
        Environment.DEVELOPMENT,
        description="`development` sur un poste, `production` sur un serveur : là, le secret doit avoir été changé.",
    )
    secret: SecretStr = Field(
        SecretStr(DEFAULT_SECRET),
        description=f"Secret du serveur, {_SHORTEST_SECRET} caractères au moins, tirés au hasard et connus de lui seul.",
    )
    database_url: SecretStr = Field(
        SecretStr("sqlite:///passerelles.sqlite3"),
        description="Base de données : `sqlite:///fichier.sqlite3`, ou `postgresql://compte:mot-de-passe@serveur/base`.",
    )
    session_hours: float = Field(12, gt=0, le=720, description="Durée d'une session de connexion, en heures.")
    session_idle_minutes: float = Field(
        120, gt=0, description="Minutes sans aucune demande après lesquelles une session se ferme."
    )
    token_days: int = Field(
        365, ge=0, le=3650, description="Durée d'un jeton d'API, en jours ; 0 : jusqu'à ce qu'on le révoque."
    )
    keep_people_days: int = Field(
        730,
        ge=0,
        description="Jours sans activité après lesquels le dossier d'une personne est supprimé ; 0 : jamais.",
    )
    keep_jobs_days: int = Field(
        30, ge=0, description="Jours après lesquels un travail terminé est oublié, avec son résultat ; 0 : jamais."
    )
    keep_bulk_days: int = Field(
        30,
        ge=0,
        description="Jours sans usage après lesquels les calculs en grand nombre gardés pour une reprise sont oubliés ; 0 : jamais.",
    )
    keep_links_days: float = Field(
        90,
        gt=0,
        le=3650,
        description="Jours pendant lesquels un plan gardé sans compte, par un lien, peut être retrouvé.",
    )
    handover_days: float = Field(
        7, gt=0, le=90, description="Jours pendant lesquels une personne peut reprendre le dossier qu'on lui propose."
    )
    evidence_bytes: int = Field(5_000_000, ge=0, description="Taille d'un justificatif, au plus, en octets.")
    evidence_bytes_per_person: int = Field(
        50_000_000, ge=0, description="Taille de tous les justificatifs d'une personne, au plus, en octets."
    )

    solver_processes: int = Field(
        2,
        ge=1,
        le=64,
        description="Calculs de parcours menés en même temps par ce programme, chacun dans un processus.",
    )
    solver_queue: int = Field(
        16,
        ge=0,
        le=1000,
        description="Demandes de calcul qui peuvent attendre leur tour ; au-delà, la réponse est 503.",
    )
    plans_per_minute: int = Field(
        60,
        ge=0,
        description="Calculs (parcours, orientation, carte) par minute et par adresse, sans compte ; un compte a droit à dix fois plus ; 0 : sans limite.",
    )
    uploads_per_minute: int = Field(
        60, ge=0, description="Fichiers envoyés par minute et par compte ; 0 : sans limite."
    )
    plan_seconds: float = Field(20, gt=0, le=600, description="Durée d'un calcul de parcours, au plus, en secondes.")
    jobs_here: bool = Field(
        True, description="Faire les travaux longs dans le service web ; sinon, lancez « passerelles work » à côté."
    )
    job_lease_seconds: float = Field(
        30,
        ge=1,
        le=3600,
        description="Secondes de silence après lesquelles le travail d'un programme arrêté est repris.",
    )
    dask: str = Field(
        "",
        description="Adresse de la grappe Dask qui fait les calculs en grand nombre, par exemple `tcp://10.0.0.1:8786` ou `tls://…` ; vide : les processeurs de ce poste.",
    )
    dask_ca: str = Field(
        "", description="Avec `tls://` : fichier PEM de l'autorité qui a signé les certificats de la grappe."
    )
    dask_certificate: str = Field("", description="Avec `tls://` : fichier PEM du certificat de ce poste.")
    dask_key: str = Field("", description="Avec `tls://` : fichier PEM de la clé de ce certificat.")
    body_bytes: int = Field(
        2_000_000, ge=1000, description="Taille de ce qu'on envoie, hors justificatifs, au plus, en octets."
    )
    import_bytes: int = Field(
        200_000_000, ge=1000, description="Taille d'un fichier à importer par le service web, au plus, en octets."
    )
    trusted_proxies: str = Field(
        "127.0.0.1",
        description="Adresses des serveurs mandataires dont on croit l'en-tête X-Forwarded-For, séparées par des virgules.",
    )
    theme_file: str = Field(
        "",
        description="Fichier CSS des couleurs de votre organisme, lu après celles du programme ; vide : aucun (voir api/web/static/tokens.css).",
    )
    oidc_issuer: str = Field(
        "",
        description="Adresse du fournisseur OpenID Connect, sans `/.well-known/openid-configuration` ; vide : aucun.",
    )
    oidc_client: str = Field("", description="Identifiant de ce service chez ce fournisseur.")
    oidc_secret: SecretStr = Field(SecretStr(""), description="Secret de ce service chez ce fournisseur.")
    oidc_opens_accounts: bool = Field(
        False,
        description="Ouvrir un compte `professional` à qui se connecte par ce fournisseur sans en avoir ; sinon, refuser.",
    )
    public_url: str = Field(
        "",
        description="Adresse publique du service, par exemple `https://passerelles.exemple.fr` ; requise avec OpenID Connect.",
    )

    @model_validator(mode="after")
    def _has_its_own_secret(self) -> Self:
        secret = self.secret.get_secret_value()
        if self.environment is Environment.PRODUCTION and (secret == DEFAULT_SECRET or len(secret) < _SHORTEST_SECRET):
            raise ValueError(
                f"en production, {PREFIX}SECRET doit être un secret à vous, de {_SHORTEST_SECRET} caractères au moins"
            )
        if self.oidc_issuer and not (self.oidc_client and self.public_url):
            raise ValueError(f"avec {PREFIX}OIDC_ISSUER, il faut aussi {PREFIX}OIDC_CLIENT et {PREFIX}PUBLIC_URL")
        return self


@cache
def settings() -> Settings:
    """The settings of this process, read once.

    Raises
    ------
    WrongSettings
        One sentence per setting that can't be used; no value is told.
    """
    return read_settings()


def read_settings() -> Settings:
    """As :func:`settings`, read again each time."""
    try:
        return Settings()
    except ValidationError as problem:
        raise WrongSettings(" ".join(_sentences(problem))) from None


def _sentences(problem: ValidationError) -> list[str]:
    found = []
    for error in problem.errors(include_input=False, include_url=False):
        name = "".join(str(part) for part in error["loc"])
        known = Settings.model_fields.get(name)
        reason = str(error.get("ctx", {}).get("error", "")) or (known.description if known else error["msg"])
        found.append(f"Réglage {PREFIX}{name.upper()} : {reason}" if name else f"Réglages : {reason}.")
    return found
