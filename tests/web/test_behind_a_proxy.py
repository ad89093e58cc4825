"""The proxies of docs/hosting.md, as they stand there, in front of a real server."""

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPSHandler, Request, build_opener

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser

from tests.web.browsing import PHONE, Served, Visit, plan_and_save, served, share

GUIDE = Path(__file__).parents[2] / "docs" / "hosting.md"


@dataclass(frozen=True)
class Certificate:
    chain: Path
    key: Path


@dataclass(frozen=True)
class Front:
    """A proxy that runs, the application behind it, and what the proxy wrote."""

    url: str
    behind: Served
    certificate: Certificate
    written: Path

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        context = ssl.create_default_context(cafile=str(self.certificate.chain))
        asked = Request(
            self.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        try:
            with build_opener(HTTPSHandler(context=context)).open(asked) as answer:
                return answer.status, answer.geturl()
        except HTTPError as error:
            return error.code, error.read().decode()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), re.S)
    assert found is not None
    return found[1]


def local_certificate(folder: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept = Certificate(folder / "chain.pem", folder / "key.pem")
    kept.chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kept.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return kept


def caddy(folder: Path, port: int, behind: int, certificate: Certificate) -> list[str]:
    text = example("caddy").replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    site = f"https://localhost:{port} {{\n\ttls {certificate.chain} {certificate.key}"
    text = text.replace("walks.example.org {", site)
    text = text.replace(
        "{\n", f"{{\n\tadmin off\n\tauto_https off\n\tstorage file_system {folder}\n", 1
    )
    (folder / "Caddyfile").write_text(text)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def nginx(folder: Path, port: int, behind: int, certificate: Certificate) -> list[str]:
    text = example("nginx").replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    text = text.replace("listen 80", f"listen 127.0.0.1:{free_port()}")
    text = text.replace("server_name walks.example.org", "server_name localhost")
    text = re.sub(r"(?<=ssl_certificate )\S+(?=;)", str(certificate.chain), text)
    text = re.sub(r"(?<=ssl_certificate_key )\S+(?=;)", str(certificate.key), text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    text = f"events {{}}\nhttp {{\n{folders}\n{text}\n}}\n"
    (folder / "nginx.conf").write_text(text)
    settings = f"daemon off; pid {folder}/pid; error_log stderr;"
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", settings]


PROXIES = {"caddy": caddy, "nginx": nginx}


@contextmanager
def running(command: list[str], port: int, written: Path) -> Iterator[None]:
    with written.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        while process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        assert process.poll() is None, written.read_text()
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(params=sorted(PROXIES))
def front(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Front]:
    port, certificate = free_port(), local_certificate(tmp_path)
    url = f"https://localhost:{port}"
    with served(tmp_path / "home", base_url=url) as behind:
        at = int(behind.url.rpartition(":")[2])
        command = PROXIES[request.param](tmp_path, port, at, certificate)
        written = tmp_path / "written.log"
        with running(command, port, written):
            yield Front(url, behind, certificate, written)


@pytest.mark.browser
def test_behind_a_proxy_with_https_people_sign_in_plan_and_share_a_link_that_opens(
    browser: Browser, front: Front
) -> None:
    visit = Visit(browser, Served(front.behind.app, front.url))
    with visit.alone():
        desk = visit.open(ignore_https_errors=True)
        visit.sign_up(desk)
        plan_and_save(desk)
        link = share(desk)
        assert link.startswith(f"{front.url}/w/")
        phone = visit.open(PHONE, ignore_https_errors=True)
        phone.goto(link)
        assert "Pittville Park" in phone.content()
        assert front.ask(link.removeprefix(front.url))[0] == 200
    for health in ("/healthz", "/readyz"):
        assert front.ask(health) == (200, front.url + health)
        with socket.create_connection(("127.0.0.1", int(front.behind.url.rpartition(":")[2]))) as s:
            s.sendall(f"GET {health} HTTP/1.0\r\nHost: any.example\r\n\r\n".encode())
            assert s.recv(100).startswith(b"HTTP/1.0 200 OK")
    assert front.ask("/sign-in", X_Forwarded_Host="evil.example")[0] in (200, 400)
    status, said = front.ask("/sign-in", Host="evil.example")
    assert "evil.example" not in said
    assert status in (200, 400, 421)
    token = link.rpartition("/")[2]
    assert token not in front.written.read_text()
