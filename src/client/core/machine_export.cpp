// A chat as a file: its whole history, page by page, given out as it comes. Nothing of it stays in
// memory here, and the windows that the panes show are not touched.
#include <algorithm>
#include <utility>

#include "client/core/machine.h"

namespace kumquat::client {

void Client::Machine::command(const ExportChat& wish) {
    if (model_.me.user_id.empty() || wish.conversation.empty()) return;
    const TaskKey key{Task::kExport, wish.conversation.text()};
    const bool running = std::any_of(exports_.begin(), exports_.end(), [&](const ExportWish& one) {
        return one.conversation == wish.conversation;
    });
    if (running) return;
    if (exports_.size() >= kExports)
        return fail_task(key, ErrorCode::kTooManyRequests, wish.conversation);
    ExportWish queued;
    queued.number = ++export_number_;
    queued.conversation = wish.conversation;
    queued.format = wish.format;
    exports_.push_back(std::move(queued));
    begin_task(key);
}

void Client::Machine::send_export() {
    if (exports_.empty()) return;
    ExportWish& wish = exports_.front();
    if (wish.in_flight || now_.monotonic_ms < wish.retry.at_ms) return;
    proto::GetHistory request;
    request.conversation = wish.conversation;
    request.anchor = proto::GetHistory::Anchor::kAfter;
    request.seq = wish.after;
    request.limit = static_cast<std::int64_t>(limits::kPageEntries);
    wish.in_flight = send(std::move(request), purpose::Export{wish.number});
}

bool Client::Machine::is_exported(std::int64_t number) const {
    return !exports_.empty() && exports_.front().number == number;
}

void Client::Machine::on_export_page(const proto::GetHistoryReply& page) {
    ExportWish& wish = exports_.front();
    wish.in_flight = false;
    wish.retry = Retry();
    Seq at = wish.after;
    for (const proto::Message& message : page.messages) {
        // Out of order, the export could go round in a circle.
        if (message.seq <= at) return on_export_error(Error{ErrorCode::kBadFrame, "get_history"});
        at = message.seq;
    }
    wish.after = at;
    const bool more = page.newer && !page.messages.empty();
    give_out(wish, more ? ExportPage::Place::kMore : ExportPage::Place::kLast, page.messages);
    wish.begun = true;
    if (more) return;
    const TaskKey key{Task::kExport, wish.conversation.text()};
    exports_.pop_front();
    finish_task(key);
}

void Client::Machine::on_export_error(const Error& error) {
    ExportWish& wish = exports_.front();
    wish.in_flight = false;
    const bool hopeless =
        error.code == ErrorCode::kInternal && wish.retry.failures + 1 >= kInternalErrorsMax;
    if (is_transient(error.code) && !hopeless) return wait_longer(wish.retry, &error);
    if (wish.begun) give_out(wish, ExportPage::Place::kGivenUp, {});
    const ConversationId conversation = wish.conversation;
    exports_.pop_front();
    fail_task(TaskKey{Task::kExport, conversation.text()}, error.code, conversation);
}

void Client::Machine::give_out(const ExportWish& wish, ExportPage::Place place,
                               std::vector<proto::Message> messages) {
    ExportPage page;
    page.conversation = wish.conversation;
    page.format = wish.format;
    page.me = model_.me.user_id;
    page.my_name = model_.name_of(model_.me.user_id);
    page.peer_name = model_.name_of(wish.conversation.peer());
    page.first = !wish.begun;
    page.place = place;
    page.messages = std::move(messages);
    emit(std::move(page));
}

void Client::Machine::give_up_exports() {
    if (!exports_.empty() && exports_.front().begun)
        give_out(exports_.front(), ExportPage::Place::kGivenUp, {});
    exports_.clear();
}

}  // namespace kumquat::client
