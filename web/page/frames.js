// One animation frame, one timer, one idle callback: whichever the scheduler in C++ asked for, and nothing else.
Kumquat.frames = {
  timer: 0,

  request() {
    requestAnimationFrame(() => Kumquat.host.frame(performance.now()));
  },

  setTimer(delay) {
    clearTimeout(this.timer);
    this.timer = 0;
    // Longer delays overflow 32 bits and would come at once.
    if (delay >= 0) this.timer = setTimeout(() => Kumquat.host.timer(), Math.min(delay, 0x7FFFFFFF));
  },

  requestIdle() {
    const run = () => Kumquat.host.idle();
    // Safari has no requestIdleCallback.
    if (window.requestIdleCallback) window.requestIdleCallback(run, { timeout: 200 });
    else setTimeout(run, 16);
  },
};

// For tests: resolves when nothing is due any more.
window.__idle = () => new Promise((resolve) => {
  let quiet = 0;
  const look = () => {
    quiet = Kumquat.host !== null && Kumquat.host.isIdle() ? quiet + 1 : 0;
    if (quiet >= 3) resolve();
    else setTimeout(look, 15);
  };
  look();
});
// For tests: frames drawn so far.
window.__frames = () => (Kumquat.host === null ? 0 : Kumquat.host.framesCount());
