#include "server/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kumquat::server {
namespace {

using testing::HasSubstr;

TEST(Histogram, CountsByUpperBound) {
    Histogram histogram({1, 10});
    for (const double value : {0.5, 1.0, 2.0, 10.0, 11.0})
        histogram.observe(value);
    const auto reading = histogram.read();
    EXPECT_EQ(reading.counts, (std::vector<std::int64_t>{2, 2, 1}));
    EXPECT_EQ(reading.count, 5);
    EXPECT_DOUBLE_EQ(reading.sum, 24.5);
    EXPECT_DOUBLE_EQ(reading.max, 11);
}

TEST(PrometheusText, HasHelpTypeAndCumulativeBuckets) {
    Metrics metrics;
    metrics.commit_seconds.observe(0.0015);
    metrics.commit_seconds.observe(0.004);
    metrics.slow_readers = 3;
    service::Counters counters;
    counters.batches = 7;
    const std::string text = prometheus_text(metrics, counters);
    EXPECT_THAT(text, HasSubstr("# TYPE kumquat_batches_total counter\nkumquat_batches_total 7\n"));
    EXPECT_THAT(text, HasSubstr("kumquat_slow_readers_total 3\n"));
    EXPECT_THAT(text, HasSubstr("kumquat_commit_seconds_bucket{le=\"0.001\"} 0\n"));
    EXPECT_THAT(text, HasSubstr("kumquat_commit_seconds_bucket{le=\"0.002\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("kumquat_commit_seconds_bucket{le=\"0.005\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("kumquat_commit_seconds_bucket{le=\"+Inf\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("kumquat_commit_seconds_count 2\n"));
}

}  // namespace
}  // namespace kumquat::server
