// The client core behind a plain C interface, as a WebAssembly module without a picture: for
// JavaScript that brings its own page. TIM's API will be a layer of JavaScript over it; for now a
// node test drives it.
//
// It lies beside core/ and view/ because it is a third home for them, not a part of the page: it
// links the core, the codec and the browser's socket (platform/web), and never Dear ImGui, the
// panes or GL. The socket, time and timers are its own; storage is not: sessions are handed out and
// taken back, unsent messages live as long as the module.
//
// Texts come in as UTF-8 with a closing NUL, and go out as JSON. Every function may be called at
// any time after kqc_start; what they do shows in kqc_state and kqc_timeline, and Module.onChanged
// tells when to look again.
#pragma once

#include <string>

#include "client/core/model.h"

namespace kumquat::client {

/// The whole of the model but the messages: {signIn, connection, me, addFriend, friends, requests,
/// blocked, conversations, tasks, search}.
std::string state_json(const Model& model);

/// A chat's loaded messages and unsent ones, oldest first: {older, newer, messages: [{seq, from,
/// time, type, content, custom, state, quote, forwarded, recalled, deleted, edits, reactions}]}.
std::string timeline_json(const Model& model, const ConversationId& conversation);

}  // namespace kumquat::client
