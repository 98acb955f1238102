#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

struct GLFWwindow;

namespace battlemap::app {

/// Makes files on its own thread with `context`, a hidden window's OpenGL context that outlives it; null: without OpenGL.
/// Destroying it cancels (nothing half-written stays) and joins.
class FileJob {
 public:
  struct Outcome {
    std::filesystem::path written;  ///< a file, or the folder of several
    std::string error;              ///< empty: written
  };
  /// `progress` takes the share done and throws when the job was cancelled. Returns what was written.
  using Progress = std::function<void(double)>;
  using Work = std::function<std::filesystem::path(const Progress& progress)>;

  FileJob(Work work, GLFWwindow* context, std::function<void()> wake);
  ~FileJob();
  FileJob(const FileJob&) = delete;
  FileJob& operator=(const FileJob&) = delete;

  double progress() const { return progress_; }
  void cancel() { cancelled_ = true; }
  std::optional<Outcome> take();

 private:
  void run();

  Work work_;
  GLFWwindow* context_;
  std::function<void()> wake_;
  std::atomic<double> progress_ = 0;
  std::atomic<bool> cancelled_ = false;
  std::mutex mutex_;
  std::optional<Outcome> outcome_;
  std::thread thread_;
};

}  // namespace battlemap::app
