#include "service/uploads.h"

namespace kumquat::service {
namespace {

void apply(const KeepUpload& errand, Overlay& rows, Outcome& outcome, TimeMs now) {
    // Would forget whose it is and who names it.
    if (rows.blob(errand.blob.id) != nullptr) {
        outcome.reply = Error{ErrorCode::kStorageFailed, "the picture ID is taken"};
        return;
    }
    store::BlobRow blob = errand.blob;
    blob.created = now;
    blob.references = 0;
    blob.released = now;
    rows.put(blob);
}

// Since they were looked for, a message may have named one.
void apply(const ForgetOrphans& errand, Overlay& rows, Outcome& outcome, TimeMs) {
    for (const BlobId& id : errand.blobs) {
        const store::BlobRow* blob = rows.blob(id);
        if (blob == nullptr || blob->references > 0) continue;
        rows.end_blob(id);
        outcome.forgotten.push_back(id);
    }
}

}  // namespace

void add_errand_keys(const Errand& errand, store::ReadKeys& keys) {
    if (const auto* keep = std::get_if<KeepUpload>(&errand)) keys.blobs.insert(keep->blob.id);
    if (const auto* forget = std::get_if<ForgetOrphans>(&errand))
        keys.blobs.insert(forget->blobs.begin(), forget->blobs.end());
}

void apply_errand(const Errand& errand, Overlay& rows, Outcome& outcome, TimeMs now) {
    std::visit([&](const auto& each) { apply(each, rows, outcome, now); }, errand);
}

}  // namespace kumquat::service
