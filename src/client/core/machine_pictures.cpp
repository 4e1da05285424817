// Pictures on their way to the service: an upload for each, then the message or the profile that
// names it.
//
// The bytes never come in here; an upload is an effect, its end an input. It starts as soon as the
// session is live, ahead of the message's turn, and goes on while the socket is away.
#include <algorithm>
#include <utility>

#include "client/core/machine.h"
#include "client/core/picture_rules.h"

namespace kumquat::client {
namespace {

/// A profile's picture is drawn small.
constexpr std::size_t kAvatarRendition = limits::kRenditions - 1;

const TaskKey kAvatarKey{Task::kAvatar, ""};

std::shared_ptr<const proto::Body> with_ids(const proto::Body& body,
                                            const std::array<BlobId, limits::kRenditions>& ids) {
    proto::Body named = body;
    for (std::size_t i = 0; i < named.image->renditions.size() && i < ids.size(); ++i)
        named.image->renditions[i].id = ids[i];
    return std::make_shared<const proto::Body>(std::move(named));
}

}  // namespace

bool needs_upload(const Echo& echo) {
    return echo.picture && echo.body->image && !has_ids(*echo.body->image);
}

// --- Starting
// ----------------------------------------------------------------------------------------------------

void Client::Machine::start_uploads() {
    int running = 0;
    for (const auto& [client_id, upload] : uploads_)
        running += upload.number ? 1 : 0;
    if (avatar_) {
        Upload& upload = avatar_->upload;
        if (!upload.number && now_.monotonic_ms >= upload.retry.at_ms)
            start_upload(upload, avatar_->picture);
        running += upload.number ? 1 : 0;
    }
    for (const auto& [id, delivery] : deliveries_) {
        Conversation* conversation = find(id);
        if (!conversation) continue;
        for (Echo& echo : conversation->echoes) {
            if (running >= kUploadsAtOnce) return;
            if (echo.state != MessageState::kQueued || !needs_upload(echo) || !may_send(echo))
                continue;
            Upload& upload = uploads_[echo.client_id];
            if (now_.monotonic_ms < upload.retry.at_ms) continue;
            start_upload(upload, *echo.picture);
            ++running;
            echo.state = MessageState::kUploading;
            echo.uploaded = echo.upload_total = 0;
            touch_both(*conversation);
        }
    }
}

void Client::Machine::start_upload(Upload& upload, const LocalPicture& picture) {
    last_upload_ = last_upload_.next();
    upload.number = last_upload_;
    emit(UploadPicture{upload.number, picture, token_});
}

std::pair<Conversation*, Echo*> Client::Machine::find_upload(UploadNumber number) {
    const auto upload = std::find_if(uploads_.begin(), uploads_.end(), [number](const auto& one) {
        return one.second.number == number;
    });
    if (!number || upload == uploads_.end()) return {nullptr, nullptr};
    for (const auto& [id, delivery] : deliveries_) {
        Conversation* conversation = find(id);
        if (!conversation) continue;
        for (Echo& echo : conversation->echoes) {
            if (echo.client_id == upload->first) return {conversation, &echo};
        }
    }
    return {nullptr, nullptr};
}

// --- Its end
// -----------------------------------------------------------------------------------------------------

void Client::Machine::on_upload_progress(UploadNumber number, std::int64_t sent, std::int64_t total,
                                         Moment now) {
    begin(now);
    if (const auto [conversation, echo] = find_upload(number); echo) {
        echo->upload_total = std::max<std::int64_t>(0, total);
        echo->uploaded = std::clamp<std::int64_t>(sent, 0, echo->upload_total);
        touch(*conversation);
    }
    settle();
}

void Client::Machine::on_uploaded(UploadNumber number, const BlobIds& ids, Moment now) {
    const bool whole =
        std::none_of(ids.begin(), ids.end(), [](const BlobId& id) { return id.empty(); });
    if (!whole) {
        return on_upload_failed(number, Error{ErrorCode::kInternal, "an upload without an ID"},
                                now);
    }
    begin(now);
    if (avatar_ && number && avatar_->upload.number == number) {
        proto::UpdateProfile request;
        request.avatar = ids[kAvatarRendition].text();
        drop_avatar_wish();
        ask(Task::kAvatar, std::string(), std::move(request));
    } else if (const auto [conversation, echo] = find_upload(number); echo) {
        uploads_[echo->client_id].number = UploadNumber();
        uploads_[echo->client_id].retry = Retry();
        echo->body = with_ids(*echo->body, ids);
        echo->state = MessageState::kQueued;
        echo->uploaded = echo->upload_total;
        // A reload from here on only has to send it.
        store_entry(*conversation, *echo);
        touch_both(*conversation);
    }
    settle();
}

void Client::Machine::on_upload_failed(UploadNumber number, const Error& error, Moment now) {
    begin(now);
    const auto goes_on = [&](Upload& upload) {
        upload.number = UploadNumber();
        const bool hopeless =
            error.code == ErrorCode::kInternal && upload.retry.failures + 1 >= kInternalErrorsMax;
        if (hopeless || (!is_transient(error.code) && !error.retry_after_ms)) return false;
        wait_longer(upload.retry, &error);
        return true;
    };
    if (avatar_ && number && avatar_->upload.number == number) {
        if (!goes_on(avatar_->upload)) {
            drop_avatar_wish();
            fail_task(kAvatarKey, error.code, ConversationId());
        }
    } else if (const auto [conversation, echo] = find_upload(number); echo) {
        if (goes_on(uploads_[echo->client_id])) {
            echo->state = MessageState::kQueued;
            touch_both(*conversation);
        } else {
            uploads_.erase(echo->client_id);
            fail_echo(*conversation, *echo, error.code);
        }
    }
    settle();
}

void Client::Machine::cancel_upload(const ClientMessageId& client_id) {
    const auto upload = uploads_.find(client_id);
    if (upload == uploads_.end()) return;
    if (upload->second.number) emit(CancelUpload{upload->second.number});
    uploads_.erase(upload);
}

void Client::Machine::cancel_uploads() {
    for (const auto& [client_id, upload] : uploads_) {
        const auto [conversation, echo] = find_upload(upload.number);
        if (echo && echo->state == MessageState::kUploading) {
            echo->state = MessageState::kQueued;
            touch_both(*conversation);
        }
        if (upload.number) emit(CancelUpload{upload.number});
    }
    uploads_.clear();
    if (avatar_ && avatar_->upload.number) {
        emit(CancelUpload{avatar_->upload.number});
        avatar_->upload = Upload();
    }
}

void Client::Machine::forget_picture(const std::optional<LocalPicture>& picture) {
    if (picture) emit(ForgetPicture{model_.me.user_id, picture->key});
}

// --- Avatar
// ------------------------------------------------------------------------------------------------------

void Client::Machine::command(const SetAvatar& wish) {
    if (model_.me.user_id.empty()) return;
    const bool same = avatar_ && wish.picture && avatar_->picture.key == wish.picture->key;
    if (same) return;
    if (avatar_ && avatar_->upload.number) emit(CancelUpload{avatar_->upload.number});
    if (avatar_) drop_avatar_wish();
    if (!wish.picture) {
        proto::UpdateProfile request;
        request.avatar = std::string();
        return ask(Task::kAvatar, std::string(), std::move(request));
    }
    if (const auto refusal = refusal_of_picture(*wish.picture)) {
        forget_picture(wish.picture);
        return fail_task(kAvatarKey, *refusal, ConversationId());
    }
    avatar_ = AvatarWish{*wish.picture, Upload()};
    begin_task(kAvatarKey);
}

void Client::Machine::drop_avatar_wish() {
    forget_picture(avatar_->picture);
    avatar_.reset();
}

}  // namespace kumquat::client
