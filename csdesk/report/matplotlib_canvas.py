"""Draws matplotlib figures onto a page: vectors, and text in the page's own embedded fonts.

Compared with a picture of the chart the file is a sixth of the size, and every number in the
chart can be selected and found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform
from reportlab.lib.colors import Color

from csdesk.report.pen import Pen

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_CAPS = {"butt": 0, "round": 1, "projecting": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_POINTS_PER_INCH = 72


def draw_figure(pen: Pen, figure: Figure, x: float, y: float) -> None:
    """Draw `figure` with its lower left corner at x, y; one of its inches is 72 points."""
    figure.set_dpi(_POINTS_PER_INCH)
    width, height = figure.get_size_inches() * _POINTS_PER_INCH
    draw_artists(pen, [figure], (float(width), float(height)), x, y)


def draw_artists(
    pen: Pen, artists: Iterable[Artist], size: tuple[float, float], x: float, y: float
) -> None:
    """Draw lines and shapes that are in points and in no figure; `size` is where they end.

    A chart without matplotlib's axes needs no figure either, and so neither of them is loaded.
    """
    pen.canvas.saveState()
    pen.canvas.translate(x, y)
    renderer = _PageRenderer(pen, *size)
    try:
        for artist in artists:
            artist.draw(renderer)
    finally:
        pen.canvas.restoreState()


class _PageRenderer(RendererBase):
    """Turns matplotlib's drawing calls into the page's."""

    def __init__(self, pen: Pen, width: float, height: float) -> None:
        super().__init__()
        self._pen = pen
        self._canvas = pen.canvas
        self._width = width
        self._height = height

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the figure's size in points."""
        return self._width, self._height

    def points_to_pixels(self, points: Any) -> Any:
        """Return points as they are: they are the page's unit."""
        return points

    def flipy(self) -> bool:
        """Tell that y grows upwards."""
        return False

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: N803 - matplotlib's name
    ) -> None:
        """Draw a line or a filled figure."""
        canvas = self._canvas
        canvas.saveState()
        self._clip(gc)
        stroke = self._set_stroke(gc)
        fill = self._set_fill(gc, rgbFace)
        if stroke or fill:
            clip = None if fill else (0.0, 0.0, self._width, self._height)
            simplify = path.should_simplify and not fill
            drawn = self._page_path(path, transform, clip, simplify=simplify)
            canvas.drawPath(drawn, stroke=int(stroke), fill=int(fill))
        canvas.restoreState()

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: Any = None,  # noqa: N803 - matplotlib's name
    ) -> None:
        """Draw a mark at each corner of `path`, all of them as one figure."""
        canvas = self._canvas
        canvas.saveState()
        self._clip(gc)
        stroke = self._set_stroke(gc)
        fill = self._set_fill(gc, rgbFace)
        if stroke or fill:
            mark = list(marker_path.iter_segments(marker_trans, simplify=False))
            drawn = canvas.beginPath()
            for corner, _ in path.iter_segments(trans, simplify=False):
                _add_segments(drawn, mark, float(corner[-2]), float(corner[-1]))
            canvas.drawPath(drawn, stroke=int(stroke), fill=int(fill))
        canvas.restoreState()

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        """Set one line of text."""
        canvas = self._canvas
        red, green, blue = gc.get_rgb()[:3]
        canvas.saveState()
        self._clip(gc)
        canvas.translate(round(float(x), 2), round(float(y), 2))
        if angle:
            canvas.rotate(angle)
        ink = "#" + "".join(f"{round(part * 255):02X}" for part in (red, green, blue))
        size = prop.get_size_in_points()
        self._pen.text(0, 0, s, size, ink=ink, bold=_is_bold(prop))
        canvas.restoreState()

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """Measure a line of text as the page will set it."""
        size = prop.get_size_in_points()
        width = self._pen.typesetter.width(s, size, bold=_is_bold(prop))
        return width, size, size * 0.12

    def draw_image(self, *arguments: Any, **options: Any) -> None:
        """Refuse: the charts of the documents have no pictures in them."""
        raise NotImplementedError("charts are drawn as vectors")

    def _page_path(
        self,
        path: Path,
        transform: Transform,
        clip: tuple[float, float, float, float] | None,
        *,
        simplify: bool,
    ) -> Any:
        drawn = self._canvas.beginPath()
        segments = path.iter_segments(transform, remove_nans=True, clip=clip, simplify=simplify)
        _add_segments(drawn, segments)
        return drawn

    def _clip(self, gc: GraphicsContextBase) -> None:
        bounds = gc.get_clip_rectangle()
        if bounds is not None:
            self._pen.clipped(bounds.x0, bounds.y0, bounds.width, bounds.height)
        clip: Any = gc.get_clip_path()  # matplotlib's annotation names the wrong class
        path, transform = clip
        if path is not None and transform is not None:
            drawn = self._page_path(path, transform, None, simplify=False)
            self._canvas.clipPath(drawn, stroke=0, fill=0)

    def _set_stroke(self, gc: GraphicsContextBase) -> bool:
        red, green, blue, alpha = _with_alpha(gc.get_rgb(), gc)
        width = gc.get_linewidth()
        if width <= 0 or alpha <= 0:
            return False
        canvas = self._canvas
        canvas.setLineWidth(width)
        canvas.setStrokeColor(Color(red, green, blue, alpha=alpha))
        canvas.setLineCap(_CAPS[gc.get_capstyle()])
        canvas.setLineJoin(_JOINS[gc.get_joinstyle()])
        pattern: Any = gc.get_dashes()
        offset, dashes = pattern
        if dashes is not None:
            canvas.setDash([float(dash) for dash in dashes], float(offset or 0))
        return True

    def _set_fill(self, gc: GraphicsContextBase, face: Any) -> bool:
        if face is None:
            return False
        red, green, blue, alpha = _with_alpha(face, gc)
        if alpha <= 0:
            return False
        self._canvas.setFillColor(Color(red, green, blue, alpha=alpha))
        return True


def _add_segments(
    drawn: Any, segments: Iterable[tuple[Any, Any]], right: float = 0.0, up: float = 0.0
) -> None:
    """Add matplotlib's segments to a path of the page, moved by `right` and `up`."""
    here = (0.0, 0.0)
    for exact, code in segments:
        if code == Path.CLOSEPOLY:
            drawn.close()
            continue
        points = [
            round(float(part) + (up if index % 2 else right), 2) for index, part in enumerate(exact)
        ]
        if code == Path.MOVETO:
            drawn.moveTo(*points)
        elif code == Path.LINETO:
            drawn.lineTo(*points)
        elif code == Path.CURVE4:
            drawn.curveTo(*points)
        elif code == Path.CURVE3:
            drawn.curveTo(*_as_cubic(here, points))
        here = (points[-2], points[-1])


def _with_alpha(color: Any, gc: GraphicsContextBase) -> tuple[float, float, float, float]:
    alpha = color[3] if len(color) > 3 else 1.0
    if gc.get_forced_alpha():
        alpha = gc.get_alpha()
    return float(color[0]), float(color[1]), float(color[2]), float(alpha)


def _as_cubic(here: tuple[float, float], points: Any) -> tuple[float, ...]:
    """Return the cubic curve equal to a quadratic one."""
    (x0, y0), (cx, cy, x1, y1) = here, points
    return (
        x0 + 2 / 3 * (cx - x0),
        y0 + 2 / 3 * (cy - y0),
        x1 + 2 / 3 * (cx - x1),
        y1 + 2 / 3 * (cy - y1),
        x1,
        y1,
    )


def _is_bold(prop: FontProperties) -> bool:
    weight = prop.get_weight()
    return weight in ("bold", "heavy", "black") or (isinstance(weight, int) and weight >= 600)
