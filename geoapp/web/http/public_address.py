"""Where the atlas stands for its readers: scheme, host and prefix, and who may say so.

The operator says it outright (``GEOAPP_PUBLIC_URL``), or names the proxies whose ``X-Forwarded-*`` headers count
(``GEOAPP_TRUSTED_PROXIES``). Anybody else's forwarded headers mean nothing, and a host name that nobody here has
is never written into a link: the request is refused (:func:`is_foreign`).
"""

import logging
import re
import socket
from collections.abc import Callable, Iterable
from functools import cached_property
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
FOREIGN = "geoapp.foreign_host"
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")
USUAL_PORT = {"http": ":80", "https": ":443"}
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
INSIDE = (".localhost", ".local", ".internal", ".lan")
"""Endings of names that no public host has: RFC 6761, RFC 6762, ICANN's ``internal``, and ``lan`` as routers use it."""


def is_foreign(environ: Environ) -> bool:
    """Say whether the request names a host that is none of ours."""
    return FOREIGN in environ


class PublicAddress:
    """WSGI middleware around everything: settles scheme, host and prefix before anybody reads them."""

    def __init__(self, app: Wsgi, public_url: str = "", trusted_proxies: str = "", trusted_hosts: str = "") -> None:
        """Read the three settings; they have been checked (:mod:`geoapp.settings`)."""
        parts = urlsplit(public_url)
        self._scheme, self._host, self._prefix = parts.scheme, parts.netloc, parts.path.rstrip("/")
        hops, self._networks = _proxies(trusted_proxies)
        self._hosts = [name.strip() for name in trusted_hosts.split(",") if name.strip()]
        self._app = app
        self._forwarded = ProxyFix(self._from_proxy, x_for=hops, x_proto=hops, x_host=hops, x_port=hops, x_prefix=hops)
        self._any_proxy = bool(trusted_proxies) and not self._networks

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as the application does, for the reader's own address."""
        if self._any_proxy or self._is_proxy(environ.get("REMOTE_ADDR", "")):
            if not PREFIX.fullmatch(environ.get("HTTP_X_FORWARDED_PREFIX", "").rstrip("/")):
                del environ["HTTP_X_FORWARDED_PREFIX"]  # //elsewhere would lead every link to another host
            return self._forwarded(environ, start_response)
        return self._settled(environ, start_response)

    def _from_proxy(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Go on with what a trusted proxy said; which hosts it takes is its operator's own setting."""
        return self._settled(environ, start_response, vouched=True)

    def _settled(
        self, environ: Environ, start_response: Callable[..., Any], *, vouched: bool = False
    ) -> Iterable[bytes]:
        if self._host:
            environ.update({"wsgi.url_scheme": self._scheme, "HTTP_HOST": self._host, "SCRIPT_NAME": self._prefix})
        host = environ.get("HTTP_HOST", "").removesuffix(USUAL_PORT.get(environ["wsgi.url_scheme"], ""))
        environ["HTTP_HOST"] = host
        if not self._is_ours(host, vouched):
            logging.getLogger("geoapp").warning("refused: the request names the host %r", host[:80])
            environ[FOREIGN] = True
            del environ["HTTP_HOST"]
        _strip(environ)
        return self._app(environ, start_response)

    def _is_proxy(self, remote: str) -> bool:
        try:
            address = ip_address(remote)
        except ValueError:
            return False
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return any((mapped or address) in network for network in self._networks)

    def _is_ours(self, host: str, vouched: bool) -> bool:
        """Say whether links may name a host: listed by the operator, else its own, a proxy's or of this network."""
        if not host or host_is_trusted(host, LOOPBACK):
            return True
        if self._hosts:
            return host_is_trusted(host, self._hosts)
        return vouched or bool(self._host) or self._is_inside(host)

    def _is_inside(self, host: str) -> bool:
        name = re.sub(r":\d{1,5}$", "", host).strip("[]").lower()
        try:
            ip_address(name)
        except ValueError:
            return "." not in name or name.endswith(INSIDE) or name in self._own_names
        return True

    @cached_property
    def _own_names(self) -> frozenset[str]:
        """What this machine is called. Asked once, and only when a name with a dot comes in."""
        return frozenset((socket.gethostname().lower(), socket.getfqdn().lower()))


def _proxies(text: str) -> tuple[int, list[IPv4Network | IPv6Network]]:
    """Return how many proxies stand in a row, and their addresses; a bare number says that all requests pass them."""
    if text.isdigit():
        return int(text), []
    return 1, [ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip()]


def _strip(environ: Environ) -> None:
    """Take the prefix off the path where the proxy passed it on; most take it off themselves."""
    prefix, path = environ.get("SCRIPT_NAME", "").rstrip("/"), environ["PATH_INFO"]
    environ["SCRIPT_NAME"] = prefix
    if prefix and (path == prefix or path.startswith(prefix + "/")):
        environ["PATH_INFO"] = path[len(prefix) :] or "/"
