// The inside of Client: its parts' states and what one does to the other. Private to this folder.
//
// Every input begins with begin(), changes state, and ends with settle(): connect if wanted, send
// what may be sent, set the timer. Nothing is sent from anywhere else, so that order and bounds are
// kept in one place.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "client/core/bounds.h"
#include "client/core/client.h"
#include "client/core/feed.h"
#include "client/core/random.h"
#include "client/core/requests.h"

namespace kumquat::client {

class Client::Machine {
  public:
    using BlobIds = std::array<BlobId, limits::kRenditions>;

    explicit Machine(Settings settings);

    const Model& model() const { return model_; }
    std::vector<Effect> take_effects();

    // Inputs; see Client.
    void start(const std::optional<StoredSession>& session, Moment now);
    void on_opened(ConnectionNumber connection, Moment now);
    void on_closed(ConnectionNumber connection, std::int32_t code, Moment now);
    void on_frame(ConnectionNumber connection, const proto::ServerFrame& frame, Moment now);
    void on_unknown_event(ConnectionNumber connection, FeedNumber number, Moment now);
    void on_bad_frame(ConnectionNumber connection, Moment now);
    void on_timer(Moment now);
    void on_command(const Command& command, Moment now);
    void on_stored(const StoredData& data, Moment now);
    void on_outbox_changed(Moment now);
    void on_store_failed(const ClientMessageId& client_id, Moment now);
    void on_upload_progress(UploadNumber number, std::int64_t sent, std::int64_t total, Moment now);
    void on_uploaded(UploadNumber number, const BlobIds& ids, Moment now);
    void on_upload_failed(UploadNumber number, const Error& error, Moment now);
    void on_outbox_lock(const UserId& user, bool held, Moment now);

  private:
    /// Of the present connection.
    enum class Stage {
        kClosed,
        kOpening,
        kHello,     ///< open; hello is on its way
        kGreeted,   ///< hello is answered
        kEntering,  ///< sign_in or resume is on its way
        kSyncing,   ///< signed in, the first sync is not done
        kLive,
        kLeaving,  ///< sign_out is on its way
    };
    /// A wait before something is tried again.
    struct Retry {
        Backoff backoff{kRetryFirstMs, kRetryMaxMs};
        std::int64_t at_ms = 0;
        int failures = 0;
    };
    /// A page of history that is wanted; one for each conversation.
    struct HistoryWish {
        std::int64_t load = 0;
        HistoryLoad kind = HistoryLoad::kNewest;
        proto::GetHistory request;
        bool in_flight = false;
        Retry retry;
        /// What has changed since it was asked for: the page may have been read before.
        std::map<Seq, MessagePtr> changed;
    };
    /// The last message of a conversation is looked for: the one that was it was deleted.
    struct PreviewWish {
        std::int64_t number = 0;
        Seq before;
        bool in_flight = false;
        Retry retry;
        /// As HistoryWish::changed.
        std::map<Seq, MessagePtr> changed;
    };
    struct SearchWish {
        std::int64_t number = 0;
        std::string cursor;
        /// Hits that the page still lacks.
        std::int64_t wanted = 0;
        bool in_flight = false;
        Retry retry;
    };
    /// A read mark that the service does not have yet.
    struct ReadWish {
        bool in_flight = false;
        Retry retry;
    };
    /// The sending of one conversation's echoes: one at a time, so that their order stands.
    struct Delivery {
        bool in_flight = false;
        Retry retry;
        /// Waits so long for what others have to send before it.
        std::int64_t not_before_ms = 0;
    };
    /// What the outbox knows of an entry beyond its echo.
    struct Keeping {
        /// A load with a greater number was asked for after this entry was stored.
        std::int64_t loads_before = 0;
        /// Storage does not have it.
        bool unstored = false;
    };
    /// What the add-friend dialog waits for.
    struct PersonWish {
        std::variant<proto::FindUser, proto::AddFriend> request;
        std::int64_t number = 0;
        bool open = false;
        bool in_flight = false;
        /// An attempt may have been carried out without an answer.
        bool repeated = false;
        std::int64_t deadline_ms = 0;
    };
    /// Something that the service is to be told or asked, see Task.
    struct TaskWish {
        std::int64_t number = 0;
        /// Wishes about one subject are sent one after the other, in the order in which they came
        /// up; as TaskKey::about.
        std::string subject;
        /// The conversation, or the one with the person, that it is about; empty if it is about
        /// neither.
        ConversationId conversation;
        /// Where its outcome shows; absent: nowhere, nobody waits for it.
        std::optional<TaskKey> key;
        proto::Request request;
        /// Of the conversation, when this was asked for.
        Seq last_seq;
        bool in_flight = false;
        /// It may have been carried out.
        bool tried = false;
        Retry retry;
    };
    /// The upload of one picture.
    struct Upload {
        /// 0: none is running.
        UploadNumber number;
        Retry retry;
        /// The service had lost it before the message was sent.
        bool again = false;
    };
    struct AvatarWish {
        LocalPicture picture;
        Upload upload;
    };
    struct ExportWish {
        std::int64_t number = 0;
        ConversationId conversation;
        ExportFormat format = ExportFormat::kText;
        /// The last message that was given out.
        Seq after;
        bool begun = false;
        bool in_flight = false;
        Retry retry;
    };
    /// Pages of a snapshot, until it is complete.
    struct Snapshot {
        bool started = false;
        FeedNumber number;
        std::string cursor;
        int pages = 0;
        std::optional<proto::Account> me;
        std::vector<proto::Friend> friends;
        std::vector<proto::FriendRequest> requests;
        std::vector<proto::Profile> blocked;
        std::vector<proto::Conversation> conversations;
    };

    // machine.cpp: the frame of every input.
    void begin(Moment now);
    void settle();
    bool current(ConnectionNumber connection) const;
    void arm_timer();
    std::optional<std::int64_t> next_deadline_ms() const;
    void send_waiting();
    /// False: the bound of requests in flight is reached; nothing was sent.
    bool send(proto::Request request, Purpose purpose, std::int64_t timeout_ms = kRequestTimeoutMs);
    void emit(Effect effect) { effects_.push_back(std::move(effect)); }
    void touch() { ++model_.revision; }
    void touch_list() { model_.list_revision = ++model_.revision; }
    void touch(Conversation& conversation) { conversation.revision = ++model_.revision; }
    void touch_both(Conversation& conversation) {
        conversation.revision = model_.list_revision = ++model_.revision;
    }
    void wait_longer(Retry& retry, const Error* error);
    /// Null if there is none and there may not be more.
    Conversation* ensure(const ConversationId& id);
    Conversation* find(const ConversationId& id);

    // machine_connection.cpp
    bool connection_wanted() const;
    void connect_if_wanted();
    void drop_connection(std::int64_t wait_at_least_ms);
    void lose_connection(std::int32_t code, std::int64_t wait_at_least_ms);
    void forget_unanswered(const Purpose& purpose);
    void hurry();
    void probe_if_quiet();
    void show_connection();
    void on_reply(const Purpose& purpose, const proto::Reply& reply);
    void on_error(const Purpose& purpose, const Error& error);
    void on_hello_reply(const proto::HelloReply& reply);
    void on_entrance_error(bool resuming, const Error& error);

    // machine_session.cpp
    void command(const SignIn& wish);
    void command(const ResumeSession& wish);
    void command(const SignOut&);
    void command(const LeaveEndedSession&);
    void on_signed_in(const proto::SignInReply& reply);
    void on_resumed(const proto::ResumeReply& reply);
    void go_on(const StoredSession& session);
    void enter(const proto::Profile& me);
    void learn_account(const proto::Account& account);
    void load_stored();
    void fail_sign_in(std::optional<ErrorCode> code);
    void end_session(SessionEnd end);
    void finish_sign_out();
    void forget_user();

    // machine_feed.cpp
    void send_sync();
    void on_sync_reply(const proto::SyncReply& reply);
    void on_snapshot_page(const proto::SyncReply& reply);
    void on_tail_page(const proto::SyncReply& reply);
    void finish_sync(bool moved);
    void apply_snapshot();
    void apply_conversation(const proto::Conversation& data);
    void on_entry(FeedEntry entry);
    void apply(const proto::Event& event);
    void apply(const proto::MessageEvent& event);
    void apply(const proto::ReadEvent& event);
    void apply(const proto::FriendEvent& event);
    void apply(const proto::FriendGoneEvent& event);
    void apply(const proto::FriendRequestEvent& event);
    void apply(const proto::FriendRequestGoneEvent& event);
    void apply(const proto::BlockEvent& event);
    void apply(const proto::ProfileEvent& event);
    void apply(const proto::AccountEvent& event);
    void apply(const proto::ConversationEvent& event);
    void apply(const proto::MessageChangedEvent& event);
    void apply(const proto::MessageDeletedEvent& event);
    void apply(const proto::PinsEvent& event);
    void apply(const proto::TypingSignal& signal);
    void apply(const proto::PresenceSignal& signal);
    void add_friend(const proto::Friend& data);
    void add_request(const proto::FriendRequest& data);
    void set_blocked(const proto::Profile& person, bool blocked);
    /// A nick or picture, wherever the person shows.
    void learn_profile(const proto::Profile& profile);
    void learn_state(Conversation& conversation, const proto::ConversationState& state);
    /// The state as the service has it, with what was asked for here and is not done.
    void show_state(Conversation& conversation);
    void hide_deleted(Conversation& conversation);
    /// The count as the feed has it at this entry.
    void learn_unread(Conversation& conversation, std::int64_t unread);
    void clear_ephemeral();
    void stop_typing_shown(Conversation& conversation);

    // machine_outbox.cpp
    void command(const SendText& wish);
    void command(const SendPictures& wish);
    void command(const ForwardMessages& wish);
    void command(const RetryMessage& wish);
    void command(const DiscardMessage& wish);
    void command(const SetDraft& wish);
    void command(const SetTyping& wish);
    void refuse_message(Conversation& conversation, const std::string& text, ErrorCode code);
    /// `echo` has what is to be sent; the rest is filled in.
    void queue_message(Conversation& conversation, Echo echo);
    /// What was written is queued: nothing of it stands in the composer any more.
    void finish_writing(Conversation& conversation);
    /// Something was queued: it stands behind the newest message.
    void show_queued(Conversation& conversation);
    void send_outbox();
    /// This tab is the one that sends it.
    bool may_send(const Echo& echo) const;
    /// The first echo that this tab may send now; null if there is none.
    Echo* next_to_send(Conversation& conversation, Delivery& delivery);
    void send_first(Conversation& conversation, Delivery& delivery);
    void on_sent(const purpose::Message& purpose, const proto::SendMessageReply& reply);
    void on_send_error(const purpose::Message& purpose, const Error& error);
    void fail_echo(Conversation& conversation, Echo& echo, ErrorCode code);
    /// The message with this id stands in the history: its echo is done. Returns whether there was
    /// one.
    bool settle_echo(Conversation& conversation, const ClientMessageId& client_id);
    /// Forgets the entry here and in storage.
    void finish_entry(const ClientMessageId& client_id);
    void remove_echo(Conversation& conversation, const ClientMessageId& client_id);
    /// Discards all that was not acknowledged.
    void drop_echoes(Conversation& conversation);
    void requeue(const ConversationId& id);
    void store_entry(const Conversation& conversation, const Echo& echo);
    void restore_drafts(const StoredData& data);
    void restore_outbox(const StoredData& data);
    void restore_entry(const OutboxEntry& entry, std::int64_t number);
    void drop_entries_gone(const StoredData& data);
    void set_draft(Conversation& conversation, const std::string& text);
    void store_drafts();
    /// Tells the other devices whether there is a draft here.
    void tell_draft(Conversation& conversation);
    /// Tells them that there will be none any more.
    void take_back_drafts();
    void send_typing();

    // machine_pictures.cpp
    void command(const SetAvatar& wish);
    void start_uploads();
    void start_upload(Upload& upload, const LocalPicture& picture);
    /// The echo whose upload has this number, and where it stands; nulls if there is none.
    std::pair<Conversation*, Echo*> find_upload(UploadNumber number);
    void cancel_upload(const ClientMessageId& client_id);
    void cancel_uploads();
    void forget_picture(const std::optional<LocalPicture>& picture);
    void drop_avatar_wish();

    // machine_history.cpp
    void command(const OpenConversation& wish);
    void command(const CloseConversation&);
    void command(const PreloadConversation& wish);
    void command(const MarkVisible& wish);
    void command(const LoadOlder& wish);
    void command(const LoadNewer& wish);
    void command(const LoadAround& wish);
    void command(const LoadAt& wish);
    void command(const LoadNewest& wish);
    void command(const MarkConversationRead& wish);
    void open(const ConversationId& id);
    void leave_open();
    void mark_unread();
    void load_open();
    /// The first page of a window that has never been filled.
    void load_first(Conversation& conversation);
    void want_page(Conversation& conversation, HistoryLoad kind, Seq seq, TimeMs time = TimeMs());
    /// Loads what an expired window shows anew, around what was looked at.
    void renew(Conversation& conversation);
    void send_history();
    void on_history(const purpose::History& purpose, const proto::GetHistoryReply& reply);
    void on_history_error(const purpose::History& purpose, const Error& error);
    void fail_load(Conversation& conversation, ErrorCode code);
    void want_read(Conversation& conversation, Seq seq);
    void send_reads();
    void on_read(const purpose::Read& purpose, const proto::MarkReadReply& reply);
    void on_read_error(const purpose::Read& purpose, const Error& error);

    // machine_messages.cpp
    void command(const RecallMessage& wish);
    void command(const EditMessage& wish);
    void command(const DeleteMessages& wish);
    void command(const SetReaction& wish);
    void command(const PinMessage& wish);
    void ask_change(const ConversationId& conversation, const std::string& about,
                    proto::Request request);
    void give_back_edit(Conversation& conversation, const std::string& text);
    /// A change of a message was refused.
    void fail_change(const TaskWish& wish, ErrorCode code);
    /// The message, if it is loaded or the last of its conversation; null otherwise.
    static MessagePtr known_message(const Conversation& conversation, Seq seq);
    /// What is left of a message that the person has deleted.
    static MessagePtr remains_of(const Conversation& conversation, Seq seq);
    /// `message` is how it is now, wherever it shows.
    void show_changed(Conversation& conversation, const MessagePtr& message);
    void show_deleted(Conversation& conversation, Seq seq);
    /// If the last message was deleted: the one before it is, when it is known.
    void renew_last_message(Conversation& conversation);
    void send_previews();
    void on_preview(const purpose::Preview& purpose, const proto::GetHistoryReply& reply);
    void on_preview_error(const purpose::Preview& purpose, const Error& error);

    // machine_search.cpp
    void command(const SearchMessages& wish);
    void command(const SearchMore& wish);
    void command(const EndSearch& wish);
    void send_searches();
    void send_search(SearchScope scope);
    std::optional<SearchWish>& search_wish(SearchScope scope) {
        return searches_[static_cast<std::size_t>(scope)];
    }
    /// Whose request has this number; none: what it was for is over.
    std::optional<SearchScope> searching(std::int64_t number) const;
    void on_found(SearchScope scope, const proto::SearchMessagesReply& reply);
    void on_search_error(SearchScope scope, const Error& error);
    void fail_search(SearchScope scope, ErrorCode code);

    // machine_export.cpp
    void command(const ExportChat& wish);
    void send_export();
    /// The export with this number is the one that is running.
    bool is_exported(std::int64_t number) const;
    void on_export_page(const proto::GetHistoryReply& page);
    void on_export_error(const Error& error);
    void give_out(const ExportWish& wish, ExportPage::Place place,
                  std::vector<proto::Message> messages);
    void give_up_exports();

    // machine_tasks.cpp
    void command(const AcceptFriend& wish);
    void command(const RefuseFriend& wish);
    void command(const WithdrawFriend& wish);
    void command(const ReadFriendRequests&);
    void command(const UpdateFriend& wish);
    void command(const DeleteFriend& wish);
    void command(const BlockUser& wish);
    void command(const UnblockUser& wish);
    void command(const UpdateProfile& wish);
    void command(const SetConversation& wish);
    void command(const DeleteConversation& wish);
    void command(const LoadSessions&);
    void command(const EndSession& wish);
    /// Queues a request whose outcome shows under `task` and what it is about.
    void ask(Task task, const UserId& person, proto::Request request);
    void ask(Task task, const ConversationId& conversation, proto::Request request);
    void ask(Task task, const std::string& about, proto::Request request);
    void ask(TaskWish wish);
    void send_tasks();
    void drop_lapsed_tasks();
    std::vector<TaskWish>::iterator find_task(std::int64_t number);
    void on_task_reply(std::int64_t number, const proto::Reply& reply);
    void on_task_error(std::int64_t number, const Error& error);
    /// What was wished is so already.
    bool is_fulfilled(const TaskWish& wish, ErrorCode code) const;
    /// Brings the model to where the wish wanted it; the feed says the same, earlier or later.
    void fulfil(const TaskWish& wish, const proto::AcceptFriendReply& reply);
    void fulfil(const TaskWish& wish, const proto::RefuseFriendReply&);
    void fulfil(const TaskWish& wish, const proto::WithdrawFriendReply&);
    void fulfil(const TaskWish&, const proto::UpdateFriendReply& reply);
    void fulfil(const TaskWish& wish, const proto::DeleteFriendReply&);
    void fulfil(const TaskWish& wish, const proto::BlockUserReply&);
    void fulfil(const TaskWish& wish, const proto::UnblockUserReply&);
    void fulfil(const TaskWish&, const proto::UpdateProfileReply& reply);
    void fulfil(const TaskWish& wish, const proto::SetConversationReply& reply);
    void fulfil(const TaskWish& wish, const proto::DeleteConversationReply& reply);
    void fulfil(const TaskWish&, const proto::ListSessionsReply& reply);
    void fulfil(const TaskWish& wish, const proto::EndSessionReply&);
    void fulfil(const TaskWish& wish, const proto::RecallMessageReply& reply);
    void fulfil(const TaskWish& wish, const proto::EditMessageReply& reply);
    void fulfil(const TaskWish& wish, const proto::DeleteMessagesReply&);
    void fulfil(const TaskWish& wish, const proto::SetReactionReply& reply);
    void fulfil(const TaskWish& wish, const proto::PinMessageReply& reply);
    /// All others change nothing that the model shows.
    template <typename Reply>
    void fulfil(const TaskWish&, const Reply&) {}
    void begin_task(const TaskKey& key);
    /// Unless the same is wished once more.
    void finish_task(const TaskKey& key);
    void fail_task(const TaskKey& key, ErrorCode code, const ConversationId& conversation);

    // machine_people.cpp
    void command(const FindUser& wish);
    void command(const AddFriend& wish);
    void command(const ResetAddFriend&);
    void command(const SetVisible& wish);
    void command(const SetOnline& wish);
    void command(const RetryNow&);
    void send_person();
    void on_found(const proto::FindUserReply& reply);
    void on_added(const proto::Friend& added);
    void on_asked(const proto::FriendRequest& request);
    void on_person_error(const Error& error);
    void ask_person(PersonWish wish, const std::string& user_id, AddFriendPhase phase);
    void fail_person(ErrorCode code);

    Settings settings_;
    Random random_;
    Model model_;
    std::vector<Effect> effects_;
    Moment now_;
    bool started_ = false;
    std::optional<std::int64_t> timer_ms_;

    // Connection.
    Stage stage_ = Stage::kClosed;
    ConnectionNumber connection_;
    Requests requests_;
    std::size_t in_flight_max_ = 1;
    Backoff reconnect_{kBackoffFirstMs, kBackoffMaxMs};
    std::int64_t next_attempt_ms_ = 0;
    std::int64_t opening_deadline_ms_ = 0;
    std::int64_t last_heard_ms_ = 0;
    bool greeted_once_ = false;
    bool upgrade_ = false;

    // Session.
    std::string token_;
    bool stay_signed_in_ = false;
    std::optional<SignIn> sign_in_;
    /// The connection may be one that broke unnoticed before the person pressed the button: then it
    /// is tried once more.
    bool sign_in_once_more_ = false;
    std::int64_t leaving_deadline_ms_ = 0;

    // Feed.
    Feed feed_;
    bool sync_in_flight_ = false;
    bool probing_ = false;
    Retry sync_retry_;
    Snapshot snapshot_;
    std::set<UserId> online_;
    std::set<ConversationId> typing_shown_;
    /// The entry that is being applied.
    FeedNumber applying_;
    /// Whose answer an own friend request waited for until it ended, and where in the feed it did:
    /// if it was accepted, the friend is the entry beside it.
    UserId answered_;
    FeedNumber answered_at_;
    /// Conversations' states as the service has them.
    std::map<ConversationId, proto::ConversationState> states_;

    // Outbox.
    std::int64_t counter_ = 0;
    std::map<ClientMessageId, Keeping> keeping_;
    std::map<ConversationId, Delivery> deliveries_;
    /// Entries that are done with, and how many loads had been asked for by then: the answers to
    /// these may still name them.
    std::map<ClientMessageId, std::int64_t> done_;
    bool lock_held_ = false;
    /// What earlier runs and other tabs have left is known.
    bool stored_known_ = false;
    std::int64_t loads_ = 0;
    std::int64_t loads_answered_ = 0;
    bool drafts_known_ = false;
    std::set<ConversationId> drafts_unstored_;
    std::int64_t drafts_due_ms_ = 0;
    /// Own typing, in one conversation at most.
    std::optional<ConversationId> typing_in_;
    std::int64_t typing_told_ms_ = 0;
    std::vector<proto::SetTyping> typing_wishes_;

    // Pictures.
    UploadNumber last_upload_;
    std::map<ClientMessageId, Upload> uploads_;
    std::optional<AvatarWish> avatar_;

    // History and read marks.
    std::int64_t history_loads_ = 0;
    std::map<ConversationId, HistoryWish> history_;
    /// The last message of the open chat that was on the screen.
    Seq looked_at_;
    std::int64_t preview_number_ = 0;
    std::map<ConversationId, PreviewWish> previews_;
    /// Own marks that the service has acknowledged, and those that the feed (or a snapshot) has
    /// brought.
    std::map<ConversationId, Seq> read_told_;
    std::map<ConversationId, Seq> read_fed_;
    std::map<ConversationId, ReadWish> reads_;
    /// Where the unread count is a snapshot's: the last message that it knew. The tail brings it
    /// again, and what the tail says of the count is older than the count.
    std::map<ConversationId, Seq> counted_;

    // People.
    std::int64_t person_number_ = 0;
    std::optional<PersonWish> person_;

    // Tasks.
    std::int64_t task_number_ = 0;
    /// In the order in which they came up.
    std::vector<TaskWish> tasks_;
    std::int64_t search_number_ = 0;
    std::array<std::optional<SearchWish>, kSearchScopes> searches_;
    std::int64_t export_number_ = 0;
    /// The first is being exported.
    std::deque<ExportWish> exports_;
};

/// Whether the same request may succeed later.
bool is_transient(ErrorCode code);

/// Seq of the newest message that this person can see; 0 if there is none.
Seq newest_of(const Conversation& conversation);

/// A recall, an edit, a deletion, a reaction or a pin.
bool changes_message(const proto::Request& request);

/// A picture message that has no IDs yet.
bool needs_upload(const Echo& echo);

}  // namespace kumquat::client
