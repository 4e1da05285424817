// The browser home's module (abi.h) in a host in memory, for module_home.cpp. Storage answers after the call that wrote.
(typeof addToLibrary === 'function' ? addToLibrary : function(o) { mergeInto(LibraryManager.library, o); })({
  $moduleHome: {
    storage: null,
    module: null,
    ports: {},
    uploads: {},
    writes: [],
    taken: [],

    start: function(path) {
      var self = moduleHome;
      if (!self.storage) self.storage = { chunks: [], records: new Map(), pictures: new Map() };
      self.ports = {};
      self.uploads = {};
      self.writes = [];
      var module = null;
      var text = function(at, size) { return new TextDecoder().decode(module.HEAPU8.subarray(at, at + size)); };
      var bytes = function(at, size) { return module.HEAPU8.slice(at, at + size); };
      var port = function(connection) { return self.ports[connection] = self.ports[connection] || { frames: [], code: 0 }; };
      var host = {
        send: function(connection, at, size) { port(connection).frames.push(bytes(at, size)); },
        close: function(connection, code) { port(connection).code = code; },
        commit: function(record, at, size) {
          var copy = bytes(at, size);
          self.writes.push(function() {
            self.storage.records.set(record, copy);
            module._svc_committed(record, 0);
          });
        },
        snapshotChunk: function(index, last, at, size) { self.taken.push(bytes(at, size)); },
        uploadReady: function(upload, code) { self.uploads[upload].ready = code; },
        uploadKeep: function(upload, at, size) { self.uploads[upload].id = text(at, size); },
        uploadDone: function(upload, code, at, size) { self.uploads[upload].answer = code === 0 ? text(at, size) : ''; },
        removePicture: function(at, size) { self.storage.pictures.delete(text(at, size)); },
        random: function(at, size) { require('crypto').randomFillSync(module.HEAPU8.subarray(at, at + size)); },
        now: function() { return Date.now(); },
        log: function(level, at, size) { console.error('kumquat: ' + text(at, size)); },
      };
      module = {
        host: host,
        noInitialRun: true,
        // At once: a test cannot wait.
        instantiateWasm: function(imports, ready) {
          var compiled = new WebAssembly.Module(require('fs').readFileSync(path.replace(/js$/, 'wasm')));
          var instance = new WebAssembly.Instance(compiled, imports);
          ready(instance, compiled);
          return instance.exports;
        },
      };
      require(path)(module);
      self.module = module;
      var load = function(name, data) {
        module.HEAPU8.set(data, module._svc_buffer(data.length));
        return module['_svc_' + name](module._svc_buffer(data.length), data.length);
      };
      var code = 0;
      self.storage.chunks.forEach(function(chunk) { code = code || load('load_chunk', chunk); });
      self.storage.records.forEach(function(record) { code = code || load('load_record', record); });
      return code || module._svc_start();
    },

    give: function(name, number, data) {
      var module = moduleHome.module;
      var at = module._svc_buffer(data.length);
      module.HEAPU8.set(data, at);
      return module['_svc_' + name](number, at, data.length);
    },

    settle: function() {
      while (moduleHome.writes.length > 0) moduleHome.writes.shift()();
    },
  },

  module_home_start__deps: ['$moduleHome'],
  module_home_start__sig: 'ii',
  // Drops the module that ran and starts another on what is stored. Gives the code.
  module_home_start: function(path) { return moduleHome.start(UTF8ToString(path)); },

  module_home_clear__deps: ['$moduleHome'],
  module_home_clear__sig: 'v',
  module_home_clear: function() { moduleHome.storage = null; },

  module_home_snapshot__deps: ['$moduleHome'],
  module_home_snapshot__sig: 'v',
  module_home_snapshot: function() {
    var module = moduleHome.module;
    moduleHome.taken = [];
    var through = module._svc_snapshot_begin();
    while (module._svc_snapshot_next() !== 0) { }
    moduleHome.storage.chunks = moduleHome.taken;
    Array.from(moduleHome.storage.records.keys()).forEach(function(number) {
      if (number <= through) moduleHome.storage.records.delete(number);
    });
    module._svc_snapshot_stored(0);
  },

  module_home_connect__deps: ['$moduleHome'],
  module_home_connect__sig: 'vi',
  module_home_connect: function(connection) { moduleHome.module._svc_connect(connection); },

  module_home_disconnect__deps: ['$moduleHome'],
  module_home_disconnect__sig: 'vi',
  module_home_disconnect: function(connection) {
    moduleHome.module._svc_disconnect(connection);
    moduleHome.settle();
  },

  module_home_receive__deps: ['$moduleHome'],
  module_home_receive__sig: 'viii',
  module_home_receive: function(connection, text, size) {
    moduleHome.give('receive', connection, HEAPU8.slice(text, text + size));
    moduleHome.settle();
  },

  module_home_take__deps: ['$moduleHome'],
  module_home_take__sig: 'iiii',
  // The next frame into `text`: its bytes; minus the code if the connection is closed; 0: nothing.
  module_home_take: function(connection, text, size) {
    var module = moduleHome.module;
    var next = module._svc_next_tick();
    if (next >= 0 && next <= Date.now()) module._svc_tick();
    moduleHome.settle();
    var port = moduleHome.ports[connection];
    if (!port) return 0;
    if (port.frames.length === 0) return -port.code;
    var frame = port.frames.shift();
    if (frame.length > size) throw new Error('a frame beyond the limit');
    HEAPU8.set(frame, text);
    return frame.length;
  },

  module_home_upload__deps: ['$moduleHome'],
  module_home_upload__sig: 'iiiiiii',
  // The answer into `answer`: its bytes; 0: refused.
  module_home_upload: function(upload, session, sessionSize, file, fileSize, answer) {
    var state = moduleHome.uploads[upload] = { ready: -1, id: '', answer: '' };
    moduleHome.give('upload_begin', upload, HEAPU8.slice(session, session + sessionSize));
    moduleHome.settle();
    if (state.ready !== 0) return 0;
    var bytes = HEAPU8.slice(file, file + fileSize);
    for (var at = 0; at < bytes.length; at += 16) {
      if (moduleHome.give('upload_feed', upload, bytes.subarray(at, at + 16)) !== 0) return 0;
    }
    if (moduleHome.module._svc_upload_finish(upload) !== 0) return 0;
    moduleHome.storage.pictures.set(state.id, bytes);
    moduleHome.module._svc_upload_kept(upload, 0);
    moduleHome.settle();
    var text = new TextEncoder().encode(state.answer);
    HEAPU8.set(text, answer);
    return text.length;
  },
});
