"""Answers each picture on standard input (its length as u32, then its bytes) by one line of JSON: what Pillow makes of it."""
import base64, hashlib, json, os, signal, struct, sys, warnings

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures', 'imaging'))
from asPillow import as_pillow

SECONDS = 20
MOST_BYTES = 2**22
warnings.simplefilter('ignore')


class TooLong(BaseException):
    pass


def too_long(signum, frame): raise TooLong


signal.signal(signal.SIGALRM, too_long)


def answer(data):
    signal.alarm(SECONDS)
    try:
        rgb = as_pillow(data)
        signal.alarm(0)
    except (TooLong, MemoryError) as error:
        return {'unknown': repr(error)}
    except Exception as error:
        return {'refused': repr(error)[:200]}
    finally:
        signal.alarm(0)
    pixels = rgb.tobytes()
    small = {'rgb': base64.b64encode(pixels).decode()} if len(pixels) <= MOST_BYTES else {}
    return {'width': rgb.width, 'height': rgb.height, 'sha256': hashlib.sha256(pixels).hexdigest(), **small}


while len(head := sys.stdin.buffer.read(4)) == 4:
    data = sys.stdin.buffer.read(struct.unpack('<I', head)[0])
    print(json.dumps(answer(data)), flush=True)
