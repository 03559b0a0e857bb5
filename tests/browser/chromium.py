"""Headless Chromium, driven over the pipe of the DevTools protocol: messages of JSON with a NUL at the end, on two file descriptors. Nothing
but the standard library of Python, and no port that another program could find."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


def find():
    """The program, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


class Failed(Exception):
    """What the browser answered in place of a result."""


class Browser:
    def __init__(self, program, patience=60):
        self.patience = patience
        self.folder = tempfile.TemporaryDirectory(prefix="pages-browser-", ignore_cleanup_errors=True)
        to_read, self.to_write = os.pipe()
        self.from_read, from_write = os.pipe()

        def wire():
            # The browser reads descriptor 3 and writes 4. Move ours out of the way first.
            a, b = os.dup(to_read), os.dup(from_write)
            a2, b2 = os.dup(a), os.dup(b)
            os.dup2(a2, 3)
            os.dup2(b2, 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--disable-default-apps", "--mute-audio", "--hide-scrollbars", "--force-color-profile=srgb", "--font-render-hinting=none",
             "--disable-lcd-text", "--disable-font-subpixel-positioning", "--lang=en-US", f"--user-data-dir={self.folder.name}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=wire, close_fds=False,
            env={**os.environ, "HOME": self.folder.name, "XDG_CACHE_HOME": self.folder.name, "TZ": "UTC",
                 "FONTCONFIG_FILE": os.path.join(os.path.dirname(os.path.abspath(__file__)), "fonts.conf")})
        os.close(to_read)
        os.close(from_write)
        self.received = b""
        self.number = 0
        self.events = []

    def close(self):
        try:
            self.send("Browser.close")
            self.process.wait(10)
        except (OSError, Failed, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.to_write)
        os.close(self.from_read)
        self.folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def message(self, until):
        while b"\0" not in self.received:
            ready, _, _ = select.select([self.from_read], [], [], max(0, until - time.monotonic()))
            if not ready:
                raise Failed("the browser does not answer")
            got = os.read(self.from_read, 1 << 20)
            if not got:
                raise Failed("the browser has ended")
            self.received += got
        one, self.received = self.received.split(b"\0", 1)
        return json.loads(one)

    def send(self, method, session=None, **parameters):
        self.number += 1
        call = {"id": self.number, "method": method, "params": parameters}
        if session:
            call["sessionId"] = session
        data = json.dumps(call).encode() + b"\0"
        while data:
            data = data[os.write(self.to_write, data):]
        until = time.monotonic() + self.patience
        while True:
            message = self.message(until)
            if message.get("id") == self.number:
                if "error" in message:
                    raise Failed(f"{method}: {message['error']}")
                return message["result"]
            self.events.append(message)

    def page(self):
        return Page(self)


class Page:
    """One tab. `requests` and `complaints` are what it asked for and said since it was opened."""

    def __init__(self, browser):
        self.browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.target = target
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")
        self.requests, self.complaints = [], []

    def send(self, method, **parameters):
        return self.browser.send(method, self.session, **parameters)

    def close(self):
        self.browser.send("Target.closeTarget", targetId=self.target)

    def take_events(self):
        """Sorts what has come in and gives the names of the events of this page."""
        names = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session:
                continue
            name, about = event["method"], event["params"]
            names.append(name)
            if name == "Network.requestWillBeSent":
                self.requests.append(about["request"]["url"])
            elif name == "Runtime.consoleAPICalled" and about["type"] in ("error", "warning", "assert"):
                self.complaints.append(" ".join(str(one.get("value", one.get("description"))) for one in about["args"]))
            elif name == "Runtime.exceptionThrown":
                self.complaints.append(about["exceptionDetails"].get("text", "") + json.dumps(about["exceptionDetails"].get("exception", {})))
            elif name == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
                self.complaints.append(about["entry"]["text"])
        self.browser.events = [event for event in self.browser.events if event.get("sessionId") != self.session]
        return names

    def look_like(self, width, height=900, dark=False, paper=False, scale=1):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)
        self.send("Emulation.setEmulatedMedia", media="print" if paper else "screen",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                            {"name": "prefers-reduced-motion", "value": "reduce"}])

    def open(self, url):
        self.take_events()
        self.send("Page.navigate", url=url)
        until = time.monotonic() + self.browser.patience
        while "Page.loadEventFired" not in self.take_events():
            self.browser.events.append(self.browser.message(until))
        self.run("document.fonts.ready.then(() => 1)")

    def run(self, script):
        """The value of an expression within the page, awaited."""
        result = self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise Failed(json.dumps(result["exceptionDetails"])[:2000])
        return result["result"].get("value")

    def press(self, key, code=None):
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=code or key,
                      windowsVirtualKeyCode={"Tab": 9, "Enter": 13, " ": 32}.get(key, 0))

    def picture(self, height=None):
        """The whole page as the bytes of a PNG, or its first `height` pixels."""
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(height or size["height"], size["height"]), "scale": 1}
        return base64.b64decode(self.send("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"])
