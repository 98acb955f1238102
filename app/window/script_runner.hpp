#pragma once
#include <deque>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/window/script.hpp"
#include "app/window/shell.hpp"

namespace battlemap::app {

/// What a script can do to a window and ask of it.
class ScriptHost {
 public:
  virtual ~ScriptHost() = default;
  virtual Pointer& pointer() = 0;
  virtual bool press(const std::string& key) = 0;
  virtual void type(const std::string& text) = 0;
  virtual void resize(int width, int height) = 0;
  /// Exact picture on screen, nothing under way.
  virtual bool settled() const = 0;
  /// Saves the picture at the end of the present frame.
  virtual void save_picture(const std::filesystem::path& file) = 0;
  /// Window position of a control or place ("@export", "@place:6302"). Throws geo::UsageError.
  virtual render::Vec2 locate(const std::string& target) const = 0;
  /// The present value of something a script may expect. Throws geo::UsageError for an unknown one.
  virtual std::string actual(const std::string& what) const = 0;
  virtual double now() const = 0;
};

/// Plays a script: one input event a frame, as a hand would. step() throws geo::Error naming the line when an
/// expectation fails, a target is not there or something takes too long.
class ScriptRunner {
 public:
  explicit ScriptRunner(std::vector<ScriptLine> lines) : lines_(std::move(lines)) {}
  /// For what is under way: nothing is typed or pressed meanwhile.
  bool waiting() const { return waiting_; }
  /// The next frame brings no new input, as when a hand rests.
  bool resting() const;
  bool done() const { return next_ == lines_.size() && steps_.empty(); }
  /// Before each frame.
  void step(ScriptHost& host);

 private:
  struct Step {
    std::function<bool()> act;  ///< true: finished, go on in the next frame
    bool rest = false;          ///< does nothing but let a frame pass
  };
  void expand(ScriptHost& host, const ScriptLine& line);
  void point(ScriptHost& host, std::vector<std::string> target);
  void press(ScriptHost& host, int times);
  void drag(ScriptHost& host, const ScriptLine& line);
  void then(std::function<void()> act);
  void rest();
  void expand_simple(ScriptHost& host, const ScriptLine& line);

  std::vector<ScriptLine> lines_;
  std::size_t next_ = 0;
  int line_number_ = 0;
  bool waiting_ = false;
  double line_start_ = 0;
  std::deque<Step> steps_;
};

/// Throws geo::Error unless what the line expects holds.
void check_expectation(const ScriptHost& host, const ScriptLine& line);

}  // namespace battlemap::app
