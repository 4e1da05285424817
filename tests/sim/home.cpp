#include "sim/home.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/limits.h"
#include "proto/codec.h"

namespace kumquat::sim {
namespace {

constexpr std::int32_t kBroken = 1006;  // RFC 6455, 7.1.5

// Through text and back, as over a socket.
proto::ClientFrame through_json(const proto::ClientFrame& frame) {
    const std::string text = proto::encode(frame);
    KUMQUAT_CHECK(text.size() <= limits::kFrameBytes);
    auto decoded = proto::decode_client_frame(text);
    const auto* out = std::get_if<proto::ClientFrame>(&decoded);
    KUMQUAT_CHECK(out != nullptr);
    return *out;
}

proto::ServerFrame through_json(const proto::ServerFrame& frame) {
    const std::string text = proto::encode(frame);
    KUMQUAT_CHECK(text.size() <= limits::kFrameBytes);
    auto decoded = proto::decode_server_frame(text);
    KUMQUAT_CHECK(decoded.has_value());
    KUMQUAT_CHECK(decoded->frame.has_value());
    return *decoded->frame;
}

}  // namespace

// Random enough for the simulation; the hash is none, but keeps tokens apart.
class Home::Crypto final : public service::Crypto {
  public:
    explicit Crypto(Rng rng) : rng_(rng) {}
    std::string random_token() override {
        constexpr char kDigits[] = "0123456789abcdef";
        std::string token(32, '0');
        for (char& digit : token)
            digit = kDigits[rng_.below(16)];
        return token;
    }
    store::TokenHash hash(std::string_view text) override {
        store::TokenHash hash{};
        for (std::size_t i = 0; i < text.size(); ++i)
            hash[i % hash.size()] ^= static_cast<std::uint8_t>(text[i]);
        return hash;
    }

  private:
    Rng rng_;
};

Home::Home(EventQueue& queue, Rng rng, const StoreFaults& store_faults,
           const NetworkFaults& network_faults, Log log, bool log_frames)
    : queue_(queue),
      rng_(rng),
      store_faults_(store_faults),
      network_faults_(network_faults),
      log_(std::move(log)),
      log_frames_(log_frames),
      executor_(queue),
      crypto_(std::make_unique<Crypto>(rng_.fork())),
      pictures_(queue_, rng_.fork(), network_faults_) {}

Home::~Home() = default;

TimeMs Home::now() const {
    // A wall clock jumps: here by up to a second, back and forth every few seconds.
    const std::int64_t jump_ms = (queue_.now_ms() / 7000) % 3 * 500;
    return TimeMs(1'700'000'000'000 + queue_.now_ms() + jump_ms + skipped_ms_);
}

void Home::start() {
    if (up()) return;
    log_("service starts");
    if (worker_) {
        worker_->start();
        return pictures_.serve(*worker_);
    }
    memory_ = std::make_unique<store::MemoryStore>(executor_, state_);
    store_ = std::make_unique<LateStore>(queue_, rng_.fork(), *memory_, store_faults_,
                                         [this] { on_stuck(); });
    service::Options options;
    options.sign_in = {proto::SignInMode::kName};
    service_ =
        std::make_unique<service::Service>(options, *store_, *this, *crypto_, nullptr, *this);
    pictures_.serve(*service_);
}

void Home::skip_day() {
    skipped_ms_ += 25LL * 60 * 60 * 1000;
    tick_at_.reset();
    schedule_tick();
}

void Home::use_worker() {
    WorkerSide::Parts parts;
    parts.queue = &queue_;
    parts.faults = &store_faults_;
    parts.durable = state_.get();
    parts.outlet = this;
    parts.clock = this;
    parts.on_stuck = [this] { on_stuck(); };
    parts.on_change = [this] { schedule_tick(); };
    parts.log = log_;
    worker_ = std::make_unique<WorkerSide>(std::move(parts), rng_.fork());
}

void Home::on_stuck() {
    log_("store is stuck");
    queue_.after(5000, [this] { crash(); });
    queue_.after(7000, [this] { start(); });
}

void Home::crash() {
    if (!up()) return;
    log_("service crashes");
    if (worker_) worker_->crash();
    pictures_.stop();
    service_.reset();
    store_.reset();
    memory_.reset();
    for (auto& [id, link] : links_) {
        if (!link.service_end && !link.page_end) continue;
        link.service_end = false;
        cut(id);
    }
}

// --- Links
// ---------------------------------------------------------------------------------------------------------

Home::Link* Home::find(LinkId id) {
    const auto found = links_.find(id);
    return found == links_.end() ? nullptr : &found->second;
}

std::int64_t Home::up_time(Link& link) {
    link.up_ms =
        std::max(link.up_ms, queue_.now_ms() + rng_.between(1, network_faults_.delay_max_ms));
    return link.up_ms;
}

std::int64_t Home::down_time(Link& link) {
    link.down_ms =
        std::max(link.down_ms, queue_.now_ms() + rng_.between(1, network_faults_.delay_max_ms));
    return link.down_ms;
}

Home::LinkId Home::open(LinkEnd& end, client::ConnectionNumber number) {
    last_link_ = last_link_.next();
    const LinkId id = last_link_;
    Link& link = links_[id];
    link.end = &end;
    link.number = number;
    const bool fails = rng_.percent(network_faults_.connect_fails_percent);
    queue_.at(up_time(link), [this, id, fails] {
        Link& opening = *find(id);
        if (fails || !up()) return end_page_side(id, kBroken);
        opening.service_end = true;
        if (worker_) {
            worker_->connect(id);
        } else {
            service_->connect(id);
        }
        queue_.at(down_time(opening), [this, id] {
            const Link& open = *find(id);
            if (open.page_end && (!open.down_lost_ms || *open.down_lost_ms >= queue_.now_ms()))
                open.end->on_opened(open.number);
        });
    });
    return id;
}

proto::ClientFrame Home::on_wire(const proto::ClientFrame& frame) const {
    return codec() ? through_json(frame) : frame;
}

void Home::send(LinkId id, const proto::ClientFrame& frame) {
    Link& link = *find(id);
    if (!link.page_end) return;
    queue_.at(up_time(link), [this, id, frame] { arrive_up(id, frame); });
}

void Home::arrive_up(LinkId id, const proto::ClientFrame& frame) {
    const Link& link = *find(id);
    if (!link.service_end || (link.up_lost_ms && *link.up_lost_ms < queue_.now_ms())) return;
    if (log_frames_) log_(std::to_string(id.value()) + " > " + proto::encode(frame));
    if (worker_) {
        worker_->receive(id, frame);
    } else {
        service_->receive(id, frame);
    }
    schedule_tick();
}

void Home::send(const std::vector<service::ConnectionId>& to,
                std::shared_ptr<const proto::ServerFrame> frame) {
    std::shared_ptr<const proto::ServerFrame> sent = std::move(frame);
    if (network_faults_.json)
        sent = std::make_shared<const proto::ServerFrame>(through_json(*sent));
    for (const LinkId id : to) {
        Link& link = *find(id);
        KUMQUAT_CHECK(link.service_end);
        queue_.at(down_time(link), [this, id, sent] { arrive_down(id, *sent); });
    }
}

void Home::arrive_down(LinkId id, const proto::ServerFrame& frame) {
    const Link& link = *find(id);
    if (!link.page_end || (link.down_lost_ms && *link.down_lost_ms < queue_.now_ms())) return;
    if (log_frames_) log_(std::to_string(id.value()) + " < " + proto::encode(frame));
    link.end->on_frame(link.number, frame);
}

void Home::close(service::ConnectionId id, proto::CloseCode code, std::string_view reason) {
    log_("service closes a link: " + std::string(reason));
    Link& link = *find(id);
    link.service_end = false;
    queue_.at(down_time(link),
              [this, id, code] { end_page_side(id, static_cast<std::int32_t>(code)); });
}

void Home::close(LinkId id) {
    Link& link = *find(id);
    link.page_end = false;
    queue_.at(up_time(link), [this, id] { end_service_side(id); });
}

void Home::cut(LinkId id) {
    Link& link = *find(id);
    const std::int64_t now_ms = queue_.now_ms();
    link.up_lost_ms = now_ms + rng_.below(network_faults_.delay_max_ms + 1);
    link.down_lost_ms = now_ms + rng_.below(network_faults_.delay_max_ms + 1);
    queue_.after(
        network_faults_.delay_max_ms + rng_.between(1, 1 + network_faults_.unnoticed_max_ms),
        [this, id] { end_service_side(id); });
    queue_.after(
        network_faults_.delay_max_ms + rng_.between(1, 1 + network_faults_.unnoticed_max_ms),
        [this, id] { end_page_side(id, kBroken); });
}

void Home::end_service_side(LinkId id) {
    Link& link = *find(id);
    if (!std::exchange(link.service_end, false)) return;
    if (worker_) {
        worker_->disconnect(id);
    } else {
        service_->disconnect(id);
    }
    schedule_tick();
}

// A tick that is no longer wanted does nothing. The clock jumps, so one that comes too early is
// asked for again.
void Home::schedule_tick() {
    std::optional<TimeMs> next;
    if (up()) next = worker_ ? worker_->next_tick() : service_->next_tick();
    if (!next || (tick_at_ && *tick_at_ <= *next)) return;
    tick_at_ = next;
    queue_.after(std::max<std::int64_t>(1, next->value() - now().value()), [this, at = *next] {
        if (tick_at_ != at) return;
        tick_at_.reset();
        if (up() && worker_) {
            worker_->tick();
        } else if (up()) {
            service_->tick();
        }
        schedule_tick();
    });
}

void Home::end_page_side(LinkId id, std::int32_t code) {
    Link& link = *find(id);
    if (!std::exchange(link.page_end, false)) return;
    link.end->on_closed(link.number, code);
}

std::vector<Home::LinkId> Home::live_links() const {
    std::vector<LinkId> ids;
    for (const auto& [id, link] : links_) {
        if (link.page_end && link.service_end && !link.up_lost_ms) ids.push_back(id);
    }
    return ids;
}

}  // namespace kumquat::sim
