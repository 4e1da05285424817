// The functions of src/platform/web/page_calls.h, as one-line forwards to the page's scripts (web/page/), and the way back.
//
// This file goes through emcc. Its 3.1.6 cannot parse "?.", object spread, BigInt literals or private fields, so everything
// longer than a line stands in web/page/, which emcc does not touch. Strings are passed as pointer and length, because
// UTF8ToString is a library symbol in some versions and not in others.
var KumquatLibrary = {
  $KQ: {
    // HEAPU8 is read anew each time: memory that grows is another buffer.
    text: function(at, size) { return Kumquat.decoder.decode(HEAPU8.subarray(at, at + size)); },
    floats: function(at, count) { return Array.from(HEAPF32.subarray(at >> 2, (at >> 2) + count)); },
    ints: function(at, count) { return Array.from(HEAP32.subarray(at >> 2, (at >> 2) + count)); },
    // Several texts in one block: src/platform/web/pieces.h.
    pieces: function(at, size) {
      var texts = [];
      for (var end = at + size; at < end;) {
        var length = HEAPU8[at] | HEAPU8[at + 1] << 8 | HEAPU8[at + 2] << 16 | HEAPU8[at + 3] << 24;
        texts.push(KQ.text(at + 4, length));
        at += 4 + length;
      }
      return texts;
    },
    // A block as take_text() wants it: 32-bit length, bytes. null and undefined become 0.
    block: function(text) {
      if (text === null || text === undefined) return 0;
      var bytes = Kumquat.encoder.encode(text);
      var at = _kq_alloc(bytes.length + 4);
      HEAP32[at >> 2] = bytes.length;
      HEAPU8.set(bytes, at + 4);
      return at;
    },
    // Calls into C++ with texts (or bytes) turned into pointer and length.
    call: function(target, args) {
      var blocks = [];
      var flat = [];
      args.forEach(function(arg) {
        if (typeof arg === 'number') { flat.push(arg); return; }
        var bytes = typeof arg === 'string' ? Kumquat.encoder.encode(arg) : arg;
        var at = _kq_alloc(bytes.length + 1);
        HEAPU8.set(bytes, at);
        blocks.push(at);
        flat.push(at, bytes.length);
      });
      var result = target.apply(null, flat);
      blocks.forEach(function(at) { _kq_free(at); });
      return result;
    },
    wire: function() {
      Kumquat.host = {
        frame: function(now) { _kq_on_frame(now); },
        timer: function() { _kq_on_timer(); },
        idle: function() { _kq_on_idle(); },
        isIdle: function() { return _kq_is_idle() !== 0; },
        framesCount: function() { return _kq_frames_count(); },
        environment: function() { _kq_on_environment(); },
        pageRestored: function() { _kq_on_page_restored(); },
        fontsChanged: function() { _kq_on_fonts_changed(); },
        pointer: function(action, source, button, x, y) { _kq_on_pointer(action, source, button, x, y); },
        wheel: function(x, y, dx, dy, mode) { return _kq_on_wheel(x, y, dx, dy, mode) !== 0; },
        key: function(code, modifiers, down, repeat) { return KQ.call(_kq_on_key, [code, modifiers, down, repeat]) !== 0; },
        inputLost: function() { _kq_on_input_lost(); },
        fieldText: function(id, text) { KQ.call(_kq_on_field_text, [id, text]); },
        fieldFocus: function(id, focused) { KQ.call(_kq_on_field_focus, [id, focused]); },
        fieldComposition: function(id, on) { KQ.call(_kq_on_field_composition, [id, on]); },
        fieldHeight: function(id, height) { KQ.call(_kq_on_field_height, [id, height]); },
        fieldKey: function(id, code, modifiers, repeat) { return KQ.call(_kq_on_field_key, [id, code, modifiers, repeat]) !== 0; },
        fieldEnter: function(id, modifiers, multiLine, composing, keyCode, since) {
          return KQ.call(_kq_on_field_enter, [id, modifiers, multiLine, composing, keyCode, since]);
        },
        nodeActivate: function(key) { KQ.call(_kq_on_node_activate, [key]); },
        nodeContextMenu: function(key) { KQ.call(_kq_on_node_context_menu, [key]); },
        textSelected: function(first, last) { KQ.call(_kq_on_text_selected, [first, last]); },
        nodeLost: function(key) { KQ.call(_kq_on_node_lost, [key]); },
        nodeFocus: function(key, byKeyboard) { KQ.call(_kq_on_node_focus, [key, byKeyboard]); },
        nodeKey: function(key, code, modifiers, repeat) { return KQ.call(_kq_on_node_key, [key, code, modifiers, repeat]) !== 0; },
        stored: function(request, failure, bytes) { KQ.call(_kq_on_stored, [request, failure, bytes]); },
        copied: function(request, ok) { _kq_on_copied(request, ok); },
        fileLoaded: function(ok, bytes) { KQ.call(_kq_on_file_loaded, [ok, bytes]); },
        noteAnswer: function(request) { _kq_on_note_answer(request); },
        noteChosen: function(tag) { KQ.call(_kq_on_note_chosen, [tag]); },
        pictureDrag: function(over) { _kq_on_picture_drag(over); },
        picked: function(purpose, block) { KQ.call(_kq_on_picked, [purpose, block]); },
        prepared: function(key, failure, kept, format, sizes) {
          KQ.call(_kq_on_prepared, [key, failure, kept, format, new Uint8Array(new Float64Array(sizes).buffer)]);
        },
        renditionSize: function(width, height, side) {
          return [_kq_rendition_side(width, height, side, 0), _kq_rendition_side(width, height, side, 1)];
        },
        blobProgress: function(number, sent) { _kq_on_blob_progress(number, sent); },
        blobDone: function(number, status, code, id, wait) { KQ.call(_kq_on_blob_done, [number, status, code, id, wait]); },
        blobMissing: function(number) { _kq_on_blob_missing(number); },
        pictureDecoded: function(number, width, height) { _kq_on_picture_decoded(number, width, height); },
        pictureFailed: function(number, never) { _kq_on_picture_failed(number, never); },
        viewerStep: function(direction) { _kq_on_viewer_step(direction); },
        viewerClosed: function() { _kq_on_viewer_closed(); },
        fragment: function(text) { KQ.call(_kq_on_fragment, [text]); },
        localOpened: function(number) { _kq_on_local_opened(number); },
        localText: function(number, text) { KQ.call(_kq_on_local_text, [number, text]); },
        localClosed: function(number, code, reason) { KQ.call(_kq_on_local_closed, [number, code, reason]); },
        localState: function() { _kq_on_local_state(); },
        localDone: function(act, code) { _kq_on_local_done(act, code); },
        locked: function(name) { KQ.call(_kq_on_locked, [name]); },
      };
    },
  },

  kq_now: function() { return performance.now(); },
  kq_wall_clock: function() { return Date.now(); },
  kq_request_frame: function() { Kumquat.frames.request(); },
  kq_set_timer: function(delay) { Kumquat.frames.setTimer(delay); },
  kq_request_idle: function() { Kumquat.frames.requestIdle(); },
  kq_random: function(at, count) { crypto.getRandomValues(HEAPU8.subarray(at, at + count)); },

  // Without the page's scripts: a worker that runs the chat service has none.
  kq_parse_number: function(at, used) {
    var text = '';
    for (; HEAPU8[at] !== 0; at += 1) text += String.fromCharCode(HEAPU8[at]);
    var found = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i.exec(text);
    HEAP32[used >> 2] = found ? found[0].length : 0;
    return found ? Number(found[0]) : 0;
  },

  kq_environment: function(at) { HEAPF32.set(Kumquat.environment.numbers(), at >> 2); },
  kq_environment_text: function(which) { return KQ.block(Kumquat.environment.text(which)); },
  kq_config: function(key, size) { return KQ.block(Kumquat.environment.config(KQ.text(key, size))); },
  kq_system_color: function(which) { return Kumquat.environment.systemColor(which); },
  kq_set_theme: function(dark, rgb) { Kumquat.environment.setTheme(dark, rgb); },
  kq_set_language: function(at, size) { Kumquat.environment.setLanguage(KQ.text(at, size)); },
  kq_set_cursor: function(at, size) { Kumquat.stage.setCursor(KQ.text(at, size)); },
  kq_reload: function() { Kumquat.shell.reload(); },
  kq_apply_size: function(width, height) { Kumquat.stage.applySize(width, height); },
  kq_show_restoring: function(on) { Kumquat.stage.showRestoring(on !== 0); },
  kq_show_unsupported: function() { Kumquat.showUnsupported(); },
  kq_start__deps: ['$KQ'],
  kq_start: function() { KQ.wire(); Kumquat.start(); },

  kq_field_make: function(id, n, kind) { Kumquat.fields.make(KQ.text(id, n), kind); },
  kq_field_place: function(id, n, at) { Kumquat.fields.place(KQ.text(id, n), KQ.floats(at, 11)); },
  kq_field_colors: function(id, n, text, placeholder, caret, selection) {
    Kumquat.fields.setColors(KQ.text(id, n), text, placeholder, caret, selection);
  },
  kq_field_names: function(id, n, p, pn, l, ln, d, dn) {
    Kumquat.fields.setNames(KQ.text(id, n), KQ.text(p, pn), KQ.text(l, ln), KQ.text(d, dn));
  },
  kq_field_states: function(id, n, bits, max) { Kumquat.fields.setStates(KQ.text(id, n), bits, max); },
  kq_field_show: function(id, n, shown) { Kumquat.fields.show(KQ.text(id, n), shown !== 0); },
  kq_field_remove: function(id, n) { Kumquat.fields.remove(KQ.text(id, n)); },
  kq_field_set_text: function(id, n, t, tn) { Kumquat.fields.setText(KQ.text(id, n), KQ.text(t, tn)); },
  kq_field_insert: function(id, n, t, tn) { Kumquat.fields.insert(KQ.text(id, n), KQ.text(t, tn)); },
  kq_field_focus: function(id, n) { Kumquat.fields.focus(KQ.text(id, n)); },
  kq_field_select_all: function(id, n) { Kumquat.fields.selectAll(KQ.text(id, n)); },

  kq_node_create: function(key, n, role, level, p, pn, a, an) {
    Kumquat.mirror.create(KQ.text(key, n), role, level, KQ.text(p, pn), KQ.text(a, an));
  },
  kq_node_move: function(key, n, p, pn, a, an) { Kumquat.mirror.move(KQ.text(key, n), KQ.text(p, pn), KQ.text(a, an)); },
  kq_node_remove: function(key, n) { Kumquat.mirror.remove(KQ.text(key, n)); },
  kq_node_text: function(key, n, which, t, tn) { Kumquat.mirror.setText(KQ.text(key, n), which, KQ.text(t, tn)); },
  kq_node_place: function(key, n, at) { Kumquat.mirror.place(KQ.text(key, n), KQ.floats(at, 5)); },
  kq_node_state: function(key, n, bits, position, size, percent) {
    Kumquat.mirror.setState(KQ.text(key, n), bits, position, size, percent);
  },
  kq_node_focus: function(key, n) { Kumquat.mirror.focus(KQ.text(key, n)); },
  kq_node_select: function(key, n) { Kumquat.mirror.selectText(KQ.text(key, n)); },
  kq_mirror_done: function() { Kumquat.mirror.done(); },
  kq_announce: function(at, n, assertive) { Kumquat.mirror.announce(KQ.text(at, n), assertive !== 0); },

  kq_glyph_advance: function(kind, at, n, size) { return Kumquat.glyphs.advance(kind, KQ.text(at, n), size); },
  kq_glyph_box: function(kind, at, n, size, box) {
    var found = Kumquat.glyphs.box(kind, KQ.text(at, n), size);
    HEAP32.set(found.numbers, box >> 2);
    return found.colored ? 1 : 0;
  },
  kq_glyph_draw__deps: ['$GL'],
  kq_glyph_draw: function(kind, at, n, size, stroke, shift, rgb, texture, x, y, box) {
    if (GL.textures[texture]) {
      Kumquat.glyphs.draw(GLctx, GL.textures[texture], kind, KQ.text(at, n), size, stroke, shift, rgb, x, y, KQ.ints(box, 4));
    }
  },

  kq_stored: function(area, at, n) { return KQ.block(Kumquat.storage.get(area, KQ.text(at, n))); },
  kq_store: function(area, at, n, v, vn) { return Kumquat.storage.set(area, KQ.text(at, n), KQ.text(v, vn)); },
  kq_records_apply: function(request, u, un, at, n) { Kumquat.storage.apply(request, KQ.text(u, un), HEAPU8.slice(at, at + n)); },
  kq_records_load: function(request, u, un, kind) { Kumquat.storage.load(request, KQ.text(u, un), kind); },
  kq_records_erase: function(request, u, un) { Kumquat.storage.erase(request, KQ.text(u, un)); },

  kq_copy: function(request, at, n) { Kumquat.tab.copy(request, KQ.text(at, n)); },
  kq_set_title: function(at, n) { document.title = KQ.text(at, n); },
  kq_set_badge: function(on) { Kumquat.tab.setBadge(on !== 0); },
  kq_fragment: function() { return KQ.block(Kumquat.tab.fragment()); },
  kq_set_fragment: function(at, n, push) { Kumquat.tab.setFragment(KQ.text(at, n), push !== 0); },
  kq_back: function() { history.back(); },
  kq_mark: function(at, n, c, cn, seq) { Kumquat.tab.mark(KQ.text(at, n), cn < 0 ? null : KQ.text(c, cn), seq); },
  kq_lock: function(at, n) { Kumquat.tab.lock(KQ.text(at, n)); },
  kq_unlock: function(at, n) { Kumquat.tab.unlock(KQ.text(at, n)); },
  kq_format_date: function(time, form, at, n) { return KQ.block(Kumquat.tab.formatDate(time, form, KQ.text(at, n))); },
  kq_utc_offset: function(time) { return -new Date(time).getTimezoneOffset(); },

  kq_save_file: function(at, n, t, tn, c, cn) { Kumquat.tab.save(KQ.text(at, n), KQ.text(t, tn), HEAPU8.slice(c, c + cn)); },
  kq_load_file: function(at, n) { Kumquat.tab.load(KQ.text(at, n)); },

  kq_note_permission: function() { return Kumquat.notify.permission(); },
  kq_note_request: function(request) { Kumquat.notify.request(request); },
  kq_note_show: function(tag, n, title, tn, text, xn) { Kumquat.notify.show(KQ.text(tag, n), KQ.text(title, tn), KQ.text(text, xn)); },
  kq_note_close: function(tag, n) { Kumquat.notify.close(KQ.text(tag, n)); },
  kq_chime: function() { Kumquat.notify.chime(); },
  kq_spell: function(at, n) { return KQ.block(Kumquat.pinyin.spell(KQ.text(at, n))); },

  kq_pick: function(purpose) { Kumquat.pictures.pick(purpose); },
  kq_picture_prepare: function(u, un, k, kn, purpose) { Kumquat.pictures.prepare(KQ.text(u, un), KQ.text(k, kn), purpose); },
  kq_picture_forget: function(u, un, k, kn) { Kumquat.pictures.forget(KQ.text(u, un), KQ.text(k, kn)); },
  kq_picture_keep_only: function(u, un, at, n) { Kumquat.pictures.keepOnly(KQ.text(u, un), KQ.pieces(at, n)); },
  kq_blob_upload: function(number, u, un, k, kn, rendition, s, sn) {
    Kumquat.blobs.upload(number, KQ.text(u, un), KQ.text(k, kn), rendition, KQ.text(s, sn));
  },
  kq_blob_abort: function(number) { Kumquat.blobs.abort(number); },
  kq_texture_load: function(number, i, n, u, un, k, kn, rendition, width) {
    Kumquat.textures.load(number, KQ.text(i, n), KQ.text(u, un), KQ.text(k, kn), rendition, width);
  },
  kq_texture_drop: function(number) { Kumquat.textures.drop(number); },
  kq_texture_fill__deps: ['$GL'],
  kq_texture_fill: function(number, texture) {
    if (GL.textures[texture]) Kumquat.textures.fill(number, GLctx, GL.textures[texture]);
  },
  kq_texture_bytes_max: function() { return Kumquat.textures.bytesMax(); },
  kq_viewer_show: function(at, n, width, height, previous, next) {
    Kumquat.viewer.show(KQ.pieces(at, n), width, height, previous !== 0, next !== 0);
  },
  kq_viewer_close: function() { Kumquat.viewer.close(); },

  kq_local_open: function(number) { Kumquat.local.open(number); },
  kq_local_send: function(number, at, n) { return Kumquat.local.sendText(number, KQ.text(at, n)); },
  kq_local_close: function(number) { Kumquat.local.close(number); },
  kq_local_forget: function(number) { Kumquat.local.forget(number); },
  kq_local_state: function() { return Kumquat.local.bits(); },
  kq_local_act: function(act) { Kumquat.local.act(act); },
  kq_local_open_tab: function(at, n) { Kumquat.local.openTab(KQ.text(at, n)); },

  // Emscripten's WebSocket functions, with JavaScript's exceptions (bad address, policy, wrong state) turned into results.
  kq_socket_new__deps: ['emscripten_websocket_new'],
  kq_socket_new: function(attributes) {
    try { return _emscripten_websocket_new(attributes); } catch (e) { return -1; }
  },
  kq_socket_send__deps: ['emscripten_websocket_send_utf8_text'],
  kq_socket_send: function(socket, text) {
    try { return _emscripten_websocket_send_utf8_text(socket, text); } catch (e) { return -1; }
  },
  kq_socket_close__deps: ['emscripten_websocket_close'],
  kq_socket_close: function(socket, code, reason) {
    try { return _emscripten_websocket_close(socket, code, reason); } catch (e) { return -1; }
  },
  kq_socket_delete__deps: ['emscripten_websocket_delete'],
  kq_socket_delete: function(socket) {
    _emscripten_websocket_delete(socket);
    // 3.1.6 deletes the wrong property and keeps the socket for ever; later versions have no such array.
    if (typeof WS !== 'undefined' && WS.sockets && WS.sockets[socket]) WS.sockets[socket] = null;
  },
};

// Every forward needs $KQ.
Object.keys(KumquatLibrary).forEach(function(name) {
  if (name[0] === '$' || name.indexOf('__') >= 0) return;
  var deps = KumquatLibrary[name + '__deps'] || [];
  if (deps.indexOf('$KQ') < 0) deps.push('$KQ');
  KumquatLibrary[name + '__deps'] = deps;
});

(typeof addToLibrary === 'function' ? addToLibrary : function(o) { mergeInto(LibraryManager.library, o); })(KumquatLibrary);
