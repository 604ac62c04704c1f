"""Records over a socket: four bytes that give the length, then JSON. What comes from a student's side is only ever data."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

MOST = 32 * 2**20  # bytes of one frame
_HEAD = struct.Struct("!I")

Frame = dict[str, Any]


class ChannelError(Exception):
    """The other side is gone, too late, or sends what is no frame."""


class Late(ChannelError):
    """Nothing came in time."""


def pack(frame: Frame) -> bytes:
    """The bytes of one frame. Errors: ChannelError where it is too large."""
    data = json.dumps(frame, allow_nan=False).encode("ascii")
    if len(data) > MOST:
        raise ChannelError(f"A frame of {len(data):,} bytes is too large.")
    return _HEAD.pack(len(data)) + data


def parse(data: bytes) -> Frame:
    """The frame in `data`, without its head. Errors: ChannelError where it is none."""
    try:
        frame = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ChannelError(f"not a frame ({type(error).__name__})") from None
    if not isinstance(frame, dict):
        raise ChannelError("not a frame")
    return frame


def send(channel: socket.socket, frame: Frame) -> None:
    """Send one frame. Errors: ChannelError where nobody takes it."""
    try:
        channel.sendall(pack(frame))
    except OSError as error:
        raise ChannelError(str(error)) from error


def receive(channel: socket.socket, seconds: float | None = None) -> Frame:
    """The next frame. Errors: Late after `seconds`; ChannelError where the other side is gone or sends something else."""
    return parse(receive_bytes(channel, seconds))


def receive_bytes(channel: socket.socket, seconds: float | None = None) -> bytes:
    """The next frame as bytes, without its head. Errors: as for `receive`."""
    until = None if seconds is None else time.monotonic() + seconds
    (length,) = _HEAD.unpack(_exactly(channel, _HEAD.size, until))
    if length > MOST:
        raise ChannelError(f"a frame of {length:,} bytes")
    return _exactly(channel, length, until)


class Reader:
    """Frames out of pieces of bytes, for one who listens to several sockets at once."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that are complete now, as bytes without heads. Errors: ChannelError for a frame that is too large."""
        self._data += data
        found = []
        while len(self._data) >= _HEAD.size:
            (length,) = _HEAD.unpack_from(self._data)
            if length > MOST:
                raise ChannelError(f"a frame of {length:,} bytes")
            if len(self._data) < _HEAD.size + length:
                break
            found.append(bytes(self._data[_HEAD.size : _HEAD.size + length]))
            del self._data[: _HEAD.size + length]
        return found


def head(data: bytes) -> bytes:
    """`data` with its length before it."""
    return _HEAD.pack(len(data)) + data


def _exactly(channel: socket.socket, length: int, until: float | None) -> bytes:
    data = bytearray()
    try:
        while len(data) < length:
            if until is not None:
                rest = until - time.monotonic()
                if rest <= 0:
                    raise Late("nothing came in time")
                channel.settimeout(rest)
            else:
                channel.settimeout(None)
            piece = channel.recv(min(length - len(data), 1 << 20))
            if not piece:
                raise ChannelError("the other side is gone")
            data += piece
    except TimeoutError:
        raise Late("nothing came in time") from None
    except OSError as error:
        raise ChannelError(str(error)) from error
    return bytes(data)


def _refuse(number: str) -> Any:
    raise ValueError(number)
