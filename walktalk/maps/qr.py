"""A QR code of a link, as SVG for paper."""

from walktalk.wording import _


def qr_svg(text: str) -> str:
    """Return a QR code of ``text`` as inline SVG.

    Error correction level M (15 %, ISO/IEC 18004) survives a raindrop and keeps the squares large.

    Raises:
        ValueError: no text, or more than a QR code holds.
    """
    import segno

    if not text:
        raise ValueError("there is nothing to put into the code")
    code = segno.make(text, error="m", micro=False)
    title = _("Code that opens the map on a phone")
    return str(code.svg_inline(title=title, svgclass="qr", lineclass="qr-line", omitsize=True))
