// What the module tells its host: functions of Module, each of them optional.
(typeof addToLibrary === 'function' ? addToLibrary : function(o) { mergeInto(LibraryManager.library, o); })({
  kqc_tell_changed: function() { if (Module['onChanged']) Module['onChanged'](); },
  kqc_tell_session: function(token, userID, nick) {
    if (Module['onSession']) Module['onSession'](UTF8ToString(token), UTF8ToString(userID), UTF8ToString(nick));
  },
  kqc_tell_message: function(conversationID, seq, open) {
    if (Module['onMessage']) Module['onMessage'](UTF8ToString(conversationID), seq, open !== 0);
  },
  kqc_tell_notice: function(kind, code, conversationID) {
    if (Module['onNotice']) Module['onNotice'](kind, code, UTF8ToString(conversationID));
  },
});
