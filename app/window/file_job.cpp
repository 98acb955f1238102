#include "app/window/file_job.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <utility>

#include "geo/error.hpp"

namespace battlemap::app {

FileJob::FileJob(Work work, GLFWwindow* context, std::function<void()> wake)
    : work_(std::move(work)), context_(context), wake_(std::move(wake)), thread_([this] { run(); }) {}

FileJob::~FileJob() {
  cancelled_ = true;
  thread_.join();
}

std::optional<FileJob::Outcome> FileJob::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(outcome_, std::nullopt);
}

void FileJob::run() {
  Outcome outcome;
  glfwMakeContextCurrent(context_);
  try {
    outcome.written = work_([this](double fraction) {
      if (cancelled_) geo::fail("cancelled");
      progress_ = fraction;
      wake_();
    });
  } catch (const std::exception& e) {
    outcome.error = e.what();
  }
  glfwMakeContextCurrent(nullptr);
  work_ = {};  // what it held (an atlas) is let go with the last job
  {
    const std::lock_guard lock(mutex_);
    outcome_ = std::move(outcome);
  }
  wake_();
}

}  // namespace battlemap::app
