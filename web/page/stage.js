// The canvas and everything that fingers, mice and keys do. All listeners sit on #stage, the parent of canvas and DOM nodes:
// nodes that lie over the canvas never keep an event from it.
Kumquat.stage = {
  canvas: document.getElementById('canvas'),
  root: document.getElementById('stage'),
  measured: null,
  pointer: null,  // id of the pointer that is followed
  pressedAt: -Infinity,  // when a pointer went down or up, unless a key has come since
  enlarged: 1,  // by two fingers
  restoringTimer: 0,

  size() {
    if (this.measured === null) this.measure();
    return this.measured;
  },

  // Device pixels as the browser counts them; 0 where it does not (Safari). C++ decides what to make of it.
  measure(entry) {
    const box = this.root.getBoundingClientRect();
    const exact = entry && entry.devicePixelContentBoxSize ? entry.devicePixelContentBoxSize[0] : null;
    this.measured = {
      cssWidth: box.width,
      cssHeight: box.height,
      deviceWidth: exact ? exact.inlineSize : 0,
      deviceHeight: exact ? exact.blockSize : 0,
    };
  },

  // Device pixels that are drawn for a CSS pixel. What two fingers enlarge keeps the browser's own ratio, and would be a blurred
  // picture; but neither the drawing buffer nor the letters' textures can grow for ever.
  pixelRatio() {
    const device = window.devicePixelRatio || 1;
    if (this.enlarged <= 1) return device;
    const { cssWidth, cssHeight } = this.size();
    const most = Math.min(6, 8192 / Math.max(cssWidth, cssHeight), Math.sqrt(16e6 / (cssWidth * cssHeight)));
    return Math.max(device, Math.min(device * this.enlarged, most));
  },

  // Setting the size clears the canvas, so it is done right before a frame is drawn.
  applySize(width, height) {
    if (this.canvas.width === width && this.canvas.height === height) return;
    this.canvas.width = width;
    this.canvas.height = height;
  },

  watchSize() {
    const observer = new ResizeObserver((entries) => {
      this.measure(entries[0]);
      Kumquat.environment.changed();
      // Drawn within the same task: the browser would show one stretched frame otherwise.
      if (!document.hidden) Kumquat.host.frame(performance.now());
    });
    try {
      observer.observe(this.canvas, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(this.canvas);
    }
  },

  setCursor(keyword) {
    this.root.style.cursor = keyword;
  },

  showRestoring(on) {
    clearTimeout(this.restoringTimer);
    const note = document.getElementById('restoring');
    if (!on) {
      note.hidden = true;
      return;
    }
    note.textContent = /^zh\b/i.test(document.documentElement.lang) ? '正在恢复画面…' : 'Restoring the picture…';
    this.restoringTimer = setTimeout(() => { note.hidden = false; }, 1000);
  },

  isField(target) {
    return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  },

  // Text that can be selected, and links: the browser does with them what it always does.
  isNative(target) {
    return this.isField(target) || (target instanceof Element && target.closest('.text, a, p') !== null);
  },

  // --- Pointers ---

  sendPointer(event, action) {
    const sources = { mouse: 0, touch: 1, pen: 2 };
    const buttons = { 0: 1, 1: 3, 2: 2 };
    const box = this.root.getBoundingClientRect();
    const button = event.button in buttons ? buttons[event.button] : 0;
    const source = event.pointerType in sources ? sources[event.pointerType] : 0;
    Kumquat.host.pointer(action, source, button, event.clientX - box.left, event.clientY - box.top);
  },

  // Whether what happens now is the doing of a finger or a mouse.
  pointed() {
    return performance.now() - this.pressedAt < 500;
  },

  onPointerDown(event) {
    this.pressedAt = performance.now();
    // A second finger is a pinch: the first one's gesture ends.
    if (this.pointer !== null && this.pointer !== event.pointerId) {
      if (event.pointerType === 'touch') this.sendPointer(event, 3);
      this.pointer = null;
      return;
    }
    this.pointer = event.pointerId;
    this.sendPointer(event, 1);
  },

  onPointerMove(event) {
    if (event.pointerType !== 'mouse' && event.pointerId !== this.pointer) return;
    this.sendPointer(event, 0);
  },

  onPointerEnd(event, action) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.pressedAt = performance.now();
    this.sendPointer(event, action);
  },

  // A press on a button or on the picture leaves the focus, and a soft keyboard, where it is.
  onMouseDown(event) {
    if (this.isNative(event.target)) return;
    const selection = window.getSelection();
    if (selection && !selection.isCollapsed && !this.isField(document.activeElement)) selection.removeAllRanges();
    event.preventDefault();
  },

  // Whether a wheel is to move what two fingers have enlarged, which the browser does. Messages scroll first.
  movesEnlarged(event) {
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return true;
    if (event.target instanceof Element && event.target.closest('[role=log]') !== null) return false;
    const { offsetTop, height } = window.visualViewport;
    return event.deltaY < 0 ? offsetTop > 1 : offsetTop + height < this.size().cssHeight - 1;
  },

  onWheel(event) {
    // Ctrl and wheel zooms the page.
    if (event.ctrlKey) return;
    const target = event.target;
    if (target instanceof HTMLTextAreaElement && target.scrollHeight > target.clientHeight + 1) return;
    if (this.enlarged > 1 && this.movesEnlarged(event)) return;
    const box = this.root.getBoundingClientRect();
    Kumquat.host.wheel(event.clientX - box.left, event.clientY - box.top, event.deltaX, event.deltaY, event.deltaMode);
    event.preventDefault();
  },

  onContextMenu(event) {
    const selection = window.getSelection();
    const isLink = event.target instanceof Element && event.target.closest('a') !== null;
    if (isLink || this.isField(event.target) || (selection && !selection.isCollapsed)) return;
    event.preventDefault();
    // From the keyboard there is no pointer that could say where.
    const byKeyboard = event.button !== 2 && event.pointerType !== 'touch' && event.pointerType !== 'pen';
    const node = document.activeElement instanceof Element ? document.activeElement.closest('[data-key]') : null;
    if (byKeyboard && node) Kumquat.host.nodeContextMenu(node.dataset.key);
  },

  // --- Keys ---

  onKeyDown(event) {
    // What belongs to an input method is nobody else's business.
    if (event.isComposing || event.keyCode === 229) return;
    const target = event.target;
    // The viewer is the browser's own dialog and takes its keys itself.
    if (target instanceof Element && target.closest('dialog') !== null) return;
    const modifiers = Kumquat.modifiers(event);
    const repeat = event.repeat ? 1 : 0;
    Kumquat.fields.takeTyping(event);
    const field = this.isField(target) ? target.dataset.field : null;
    if (field) {
      this.onFieldKey(event, field, modifiers, repeat);
      return;
    }
    const node = target instanceof Element ? target.closest('[data-key]') : null;
    const navigates = /^(Arrow|Page|Home|End|Escape|F6|F10|ContextMenu|Delete)/.test(event.code);
    if (node && navigates && Kumquat.host.nodeKey(node.dataset.key, event.code, modifiers, repeat)) {
      event.preventDefault();
      return;
    }
    // A message is no button to the browser.
    if (node === target && node.tagName === 'ARTICLE' && event.key === 'Enter') {
      Kumquat.host.nodeActivate(node.dataset.key);
      event.preventDefault();
      return;
    }
    // Enter and Space on a node become a click of the browser's own.
    if (node && (event.code === 'Enter' || event.code === 'Space' || event.code === 'NumpadEnter')) return;
    if (Kumquat.host.key(event.code, modifiers, 1, repeat)) event.preventDefault();
  },

  onFieldKey(event, field, modifiers, repeat) {
    if (event.key === 'Enter') {
      if (Kumquat.fields.onEnter(event, field, modifiers)) event.preventDefault();
      return;
    }
    const command = (event.ctrlKey || event.metaKey) && !/^Key[ACVXZ]$/.test(event.code);
    const navigates = /^(ArrowUp|ArrowDown|PageUp|PageDown|Escape|F6)$/.test(event.code);
    if (!command && !navigates) return;
    let used = Kumquat.host.fieldKey(field, event.code, modifiers, repeat);
    // Up and Down move the caret if nobody wants them.
    if (!used && !event.code.startsWith('Arrow')) used = Kumquat.host.key(event.code, modifiers, 1, repeat);
    if (used) event.preventDefault();
  },

  onKeyUp(event) {
    // macOS keeps the releases of other keys to itself while Cmd is held.
    if (event.key === 'Meta') Kumquat.host.inputLost();
    else if (!this.isField(event.target)) Kumquat.host.key(event.code, Kumquat.modifiers(event), 0, 0);
  },

  start() {
    const on = (name, handler, options) => this.root.addEventListener(name, handler, options);
    on('pointerdown', (event) => this.onPointerDown(event));
    on('pointermove', (event) => this.onPointerMove(event));
    // Who presses here and moves out of the window still moves what was pressed; releases count wherever they happen.
    window.addEventListener('pointermove', (event) => {
      if (this.pointer === event.pointerId && !this.root.contains(event.target)) this.onPointerMove(event);
    });
    window.addEventListener('pointerup', (event) => this.onPointerEnd(event, 2));
    window.addEventListener('pointercancel', (event) => this.onPointerEnd(event, 3));
    on('pointerleave', (event) => {
      if (event.pointerType === 'mouse' && event.buttons === 0) this.sendPointer(event, 4);
    });
    on('mousedown', (event) => this.onMouseDown(event));
    on('wheel', (event) => this.onWheel(event), { passive: false });
    on('contextmenu', (event) => this.onContextMenu(event));
    document.addEventListener('keydown', () => { this.pressedAt = -Infinity; }, true);
    // While nothing has the focus, keys go to the body, past the stage.
    document.addEventListener('keydown', (event) => this.onKeyDown(event));
    document.addEventListener('keyup', (event) => this.onKeyUp(event));
    this.watchSize();
  },
};
