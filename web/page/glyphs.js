// Letters and icons, measured and drawn by the browser's own text engine. Nothing is read back (see platform/glyph_raster.h).
Kumquat.glyphs = {
  // Latin first: with a Chinese family first, quotes and dots come out full width. Never bare system-ui or sans-serif first.
  text: '-apple-system,"Segoe UI",Roboto,"Accented","PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC",' +
    '"Noto Sans SC","Source Han Sans SC",sans-serif',
  // Colour first, or some systems draw faces in black and white.
  emoji: '"Apple Color Emoji","Segoe UI Emoji","Noto Color Emoji",',
  colored: /\p{Emoji_Presentation}|\uFE0F|\u20E3/u,
  letters: /[^\p{Emoji}\p{Emoji_Component}]/u,
  firstStrong: /[\p{L}\p{Script=Hebrew}\p{Script=Arabic}]/u,
  rightToLeft: /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/,
  context: null,
  font: '',

  // One canvas that never appears. Kept in memory by the CPU: twice as fast to upload from as from the GPU.
  get2d(width, height) {
    if (this.context === null) {
      const canvas = document.createElement('canvas');
      canvas.width = 256;
      canvas.height = 128;
      this.context = canvas.getContext('2d', { willReadFrequently: true });
      this.font = '';
    }
    const canvas = this.context.canvas;
    if (canvas.width < width || canvas.height < height) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
      this.font = '';
    }
    return this.context;
  },

  // An emoji. In a line of letters the browser finds emoji by itself, and an emoji font first would have its blanks and digits.
  isColored(text) {
    return this.colored.test(text) && !this.letters.test(text);
  },

  setFont(context, kind, size, text) {
    const font = `${kind === 1 ? 600 : 400} ${size}px ${this.isColored(text) ? this.emoji : ''}${this.text}`;
    if (this.font === font) return;
    this.font = font;
    context.font = font;
    context.textBaseline = 'alphabetic';
    context.textAlign = 'left';
    context.fillStyle = '#fff';
    context.strokeStyle = '#fff';
    context.lineCap = 'round';
    context.lineJoin = 'round';
  },

  // A mark at its end says it; else the first letter does.
  setDirection(context, text) {
    const strong = /[\u200E\u200F]$/.exec(text) || this.firstStrong.exec(text);
    context.direction = strong && (strong[0] === '\u200F' || this.rightToLeft.test(strong[0])) ? 'rtl' : 'ltr';
  },

  measure(kind, text, size) {
    const context = this.get2d(0, 0);
    this.setFont(context, kind, size, text);
    this.setDirection(context, text);
    return context.measureText(text);
  },

  advance(kind, text, size) {
    return this.measure(kind, text, size).width;
  },

  // left, top, width, height of the ink, with a pixel to spare on every side.
  box(kind, text, size) {
    const m = this.measure(kind, text, size);
    // Of text in both directions Firefox tells the ink of one part alone.
    const [from, to] = this.rightToLeft.test(text) ? [0, m.width] : [Infinity, -Infinity];
    const left = Math.floor(Math.min(from, -m.actualBoundingBoxLeft)) - 1;
    const top = Math.floor(-m.actualBoundingBoxAscent) - 1;
    const right = Math.ceil(Math.max(to, m.actualBoundingBoxRight)) + 1;
    const bottom = Math.ceil(m.actualBoundingBoxDescent) + 1;
    const empty = m.actualBoundingBoxRight + m.actualBoundingBoxLeft <= 0;
    return { numbers: empty ? [0, 0, 0, 0] : [left, top, right - left, bottom - top], colored: this.isColored(text) };
  },

  draw(gl, texture, kind, content, size, stroke, shift, rgb, x, y, box) {
    const [left, top, width, height] = box;
    const context = this.get2d(width, height);
    context.clearRect(0, 0, width, height);
    this.setFont(context, kind, size, content);
    if (kind <= 1) {
      this.setDirection(context, content);
      context.fillStyle = Kumquat.css(rgb);
      context.fillText(content, shift - left, -top);
      context.fillStyle = '#fff';
    } else {
      const path = new Path2D(content);
      const unit = size / 24;
      context.setTransform(unit, 0, 0, unit, -left, -top);
      context.lineWidth = stroke;
      if (kind === 2) context.stroke(path);
      else context.fill(path);
      context.setTransform(1, 0, 0, 1, 0, 0);
    }
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, width, height, gl.RGBA, gl.UNSIGNED_BYTE, context.canvas);
  },

  // The width of a line as the DOM sets it, CSS pixels.
  cssWidth(text, font) {
    return this.measure(0, text, font).width;
  },

  // How far a DOM line has to move down so that its baseline is the canvas': round(line/2 + 0.37 size). CSS pixels.
  // The browser centres ascent and descent of the first font there is, each rounded to device pixels; they differ from font
  // to font.
  baselineShift(font, line, bold) {
    const ratio = window.devicePixelRatio || 1;
    const m = this.measure(bold ? 1 : 0, 'x', font * ratio);
    const ascent = Math.round(m.fontBoundingBoxAscent);
    const descent = Math.round(m.fontBoundingBoxDescent);
    const own = Math.floor((line * ratio - ascent - descent) / 2) + ascent;
    const wanted = Math.round((line / 2 + 0.37 * font) * ratio);
    return (wanted - own) / ratio;
  },

  // Looks for the fonts that style.css names: what is found later than the first frame has everything drawn once more.
  findFonts() {
    if (!document.fonts) return;
    // Where there is none of them the next fonts in line are as good as ever.
    for (const weight of [400, 600]) document.fonts.load(`${weight} 16px Accented`, 'Ā').catch(() => {});
  },

  // Firefox finds fallback fonts only after it has drawn without them.
  start() {
    const changed = () => Kumquat.host.fontsChanged();
    if (!document.fonts) return;
    document.fonts.addEventListener('loadingdone', changed);
    if (/Firefox/.test(navigator.userAgent)) document.fonts.ready.then(() => setTimeout(changed, 2000));
  },
};
