#pragma once
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "app/window/thread_priority.hpp"

namespace battlemap::app {

/// One thread that works on the newest job only: a job submitted while another runs replaces those waiting.
/// A job may post several results; those not yet taken are replaced by newer ones. Its destructor joins.
template <class Job, class Result>
class LatestWorker {
 public:
  using Post = std::function<void(Result)>;
  using Outdated = std::function<bool()>;  ///< a newer job waits, or the worker is being destroyed
  using Work = std::function<void(const Job&, const Post&, const Outdated&)>;

  /// `wake` is called from the worker's thread after each result and error.
  LatestWorker(Work work, std::function<void()> wake)
      : work_(std::move(work)), wake_(std::move(wake)), thread_([this] { run(); }) {}
  ~LatestWorker() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  LatestWorker(const LatestWorker&) = delete;
  LatestWorker& operator=(const LatestWorker&) = delete;

  void submit(Job job) {
    {
      const std::lock_guard lock(mutex_);
      waiting_ = std::move(job);
    }
    changed_.notify_all();
  }
  std::optional<Result> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(result_, std::nullopt);
  }
  /// What the last failed job said; empty when none failed since the last call.
  std::string take_error() {
    const std::lock_guard lock(mutex_);
    return std::exchange(error_, {});
  }
  /// A result or an error waits to be taken.
  bool has_news() const {
    const std::lock_guard lock(mutex_);
    return result_.has_value() || !error_.empty();
  }
  /// A job runs or waits, or a result waits to be taken.
  bool busy() const {
    const std::lock_guard lock(mutex_);
    return running_ || waiting_.has_value() || result_.has_value();
  }

 private:
  void run() {
    yield_to_frames();
    while (auto job = next()) {
      try {
        work_(
            *job, [this](Result result) { post(std::move(result)); }, [this] { return outdated(); });
        finish({});
      } catch (const std::exception& e) {
        finish(e.what());
      }
    }
  }
  std::optional<Job> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopping_ || waiting_.has_value(); });
    if (stopping_) return std::nullopt;
    running_ = true;
    return std::exchange(waiting_, std::nullopt);
  }
  void post(Result result) {
    {
      const std::lock_guard lock(mutex_);
      result_ = std::move(result);
    }
    wake_();
  }
  void finish(std::string error) {
    {
      const std::lock_guard lock(mutex_);
      running_ = false;
      if (error.empty()) return;  // a second wake-up would have a frame drawn for nothing
      error_ = std::move(error);
    }
    wake_();
  }
  bool outdated() const {
    const std::lock_guard lock(mutex_);
    return stopping_ || waiting_.has_value();
  }

  Work work_;
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Job> waiting_;
  std::optional<Result> result_;
  std::string error_;
  bool running_ = false;
  bool stopping_ = false;
  std::thread thread_;  ///< last: it starts when all else exists
};

}  // namespace battlemap::app
