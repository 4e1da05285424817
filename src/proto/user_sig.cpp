#include "proto/user_sig.h"

#include <utility>

#include "base/limits.h"
#include "proto/field_reader.h"
#include "proto/field_writer.h"
#include "proto/json_tree.h"
#include "proto/json_writer.h"

namespace kumquat::proto {

template <typename V>
void fields(V& v, typename V::template Of<UserSigDocument>& document) {
    v.field("TLS.ver", document.version);
    v.field("TLS.identifier", document.identifier);
    v.field("TLS.sdkappid", document.sdk_app_id);
    v.field("TLS.time", document.time_s);
    v.field("TLS.expire", document.expire_s);
    v.optional("TLS.userbuf", document.user_buffer);
    v.field("TLS.sig", document.signature);
}

std::string encode_user_sig(const UserSigDocument& document) {
    JsonWriter json;
    FieldWriter(json).write(document);
    return json.take();
}

Result<UserSigDocument> decode_user_sig(std::string_view text) {
    const auto tree = JsonTree::parse(text, limits::kUserSigDocumentBytes, limits::kFrameDepth);
    if (!tree) return Error{ErrorCode::kUserSigMalformed, tree.error().context};
    ReadState state;
    UserSigDocument document;
    FieldReader(tree->root(), state).read(document, Bounds{});
    if (state.error) return Error{ErrorCode::kUserSigMalformed, std::move(state.error->context)};
    return document;
}

}  // namespace kumquat::proto
