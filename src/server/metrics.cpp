#include "server/metrics.h"

#include <algorithm>
#include <sstream>

namespace kumquat::server {
namespace {

class Text {
  public:
    void counter(const char* name, const char* help, std::int64_t value) {
        one(name, "counter", help, value);
    }
    void gauge(const char* name, const char* help, std::int64_t value) {
        one(name, "gauge", help, value);
    }
    void histogram(const char* name, const char* help, const Histogram& histogram) {
        head(name, "histogram", help);
        const Histogram::Reading reading = histogram.read();
        std::int64_t below = 0;
        for (std::size_t i = 0; i < histogram.bounds().size(); ++i) {
            below += reading.counts[i];
            out_ << name << "_bucket{le=\"" << histogram.bounds()[i] << "\"} " << below << "\n";
        }
        out_ << name << "_bucket{le=\"+Inf\"} " << reading.count << "\n";
        out_ << name << "_sum " << reading.sum << "\n";
        out_ << name << "_count " << reading.count << "\n";
    }
    std::string str() const { return out_.str(); }

  private:
    void head(const char* name, const char* type, const char* help) {
        out_ << "# HELP " << name << " " << help << "\n# TYPE " << name << " " << type << "\n";
    }
    void one(const char* name, const char* type, const char* help, std::int64_t value) {
        head(name, type, help);
        out_ << name << " " << value << "\n";
    }

    std::ostringstream out_;
};

}  // namespace

Histogram::Histogram(std::vector<double> bounds) : bounds_(std::move(bounds)) {
    reading_.counts.resize(bounds_.size() + 1);
}

void Histogram::observe(double value) {
    const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    const std::lock_guard lock(mutex_);
    ++reading_.counts[static_cast<std::size_t>(bucket)];
    ++reading_.count;
    reading_.sum += value;
    reading_.max = std::max(reading_.max, value);
}

Histogram::Reading Histogram::read() const {
    const std::lock_guard lock(mutex_);
    return reading_;
}

std::string prometheus_text(const Metrics& metrics, const service::Counters& counters) {
    Text text;
    text.counter("kumquat_requests_total", "Requests received", counters.requests);
    text.counter("kumquat_request_errors_total", "Requests answered with an error",
                 counters.errors);
    text.counter("kumquat_messages_total", "Messages stored", counters.messages);
    text.counter("kumquat_batches_total", "Batches worked off", counters.batches);
    text.counter("kumquat_batched_requests_total", "Requests that went through batches",
                 counters.batched_requests);
    text.gauge("kumquat_batch_requests_largest", "Requests of the largest batch so far",
               counters.largest_batch);
    text.histogram("kumquat_commit_messages", "Messages of one commit", metrics.batch_messages);
    text.histogram("kumquat_commit_seconds", "Time of one commit", metrics.commit_seconds);
    text.counter("kumquat_commits_failed_total", "Commits that failed", metrics.commits_failed);
    text.counter("kumquat_connections_accepted_total", "TCP connections accepted",
                 metrics.connections_accepted);
    text.gauge("kumquat_connections", "TCP connections open", metrics.connections_open);
    text.counter("kumquat_accept_failures_total", "Connections that could not be accepted",
                 metrics.accept_failures);
    text.gauge("kumquat_websockets", "WebSockets open", metrics.sockets_open);
    text.counter("kumquat_http_requests_total", "HTTP requests", metrics.http_requests);
    text.counter("kumquat_refused_hosts_total", "Requests refused for their Host header",
                 metrics.refused_hosts);
    text.counter("kumquat_refused_origins_total", "Requests refused for their Origin header",
                 metrics.refused_origins);
    text.counter("kumquat_frames_in_total", "WebSocket messages received", metrics.frames_in);
    text.counter("kumquat_frames_out_total", "WebSocket messages queued", metrics.frames_out);
    text.counter("kumquat_bytes_out_total", "Bytes written to WebSockets", metrics.bytes_out);
    text.counter("kumquat_writes_out_total", "Gathering writes to WebSockets", metrics.writes_out);
    text.counter("kumquat_bad_frames_total", "WebSocket messages that could not be read",
                 metrics.bad_frames);
    text.counter("kumquat_slow_readers_total", "Connections ended because nobody read",
                 metrics.slow_readers);
    text.gauge("kumquat_queue_bytes", "Bytes waiting for WebSockets", metrics.queue_bytes);
    text.gauge("kumquat_uploads", "Pictures on their way in", metrics.uploads_open);
    text.counter("kumquat_uploads_total", "Pictures taken in", metrics.uploads);
    text.counter("kumquat_uploads_refused_total", "Uploads answered with an error",
                 metrics.uploads_refused);
    text.counter("kumquat_uploads_cut_total", "Uploads that their clients did not finish",
                 metrics.uploads_cut);
    text.counter("kumquat_upload_bytes_total", "Bytes of uploads received, refused ones included",
                 metrics.upload_bytes);
    text.counter("kumquat_pictures_served_total", "Pictures sent, parts of them included",
                 metrics.pictures_served);
    text.counter("kumquat_picture_bytes_served_total", "Bytes of pictures sent",
                 metrics.picture_bytes_served);
    text.counter("kumquat_orphans_removed_total", "Pictures removed because nothing named them",
                 metrics.orphans_removed);
    return text.str();
}

}  // namespace kumquat::server
