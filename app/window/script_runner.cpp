#include "app/window/script_runner.hpp"

#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

#include "geo/error.hpp"

namespace battlemap::app {
namespace {

constexpr double longest_line = 180;  // seconds; sanitizers on a busy machine are slow

double number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw geo::UsageError(fmt::format("'{}' is not a number", text));
  return value;
}

render::Vec2 target_of(const ScriptHost& host, const std::vector<std::string>& words) {
  if (words.front().starts_with('@')) return host.locate(words.front());
  if (words.size() < 2)
    throw geo::UsageError(fmt::format("'{}' is no target: give X Y or @NAME", words.front()));
  return {static_cast<float>(number(words[0])), static_cast<float>(number(words[1]))};
}

/// How many words the first target of a line takes.
std::size_t target_length(const std::vector<std::string>& words) {
  return words.front().starts_with('@') ? 1 : 2;
}

bool near_target(const ScriptHost& host, const Pointer& pointer, const std::string& target) {
  const render::Vec2 at = host.locate(target);
  return std::hypot(at.x - pointer.x, at.y - pointer.y) <= 2;
}

}  // namespace

void check_expectation(const ScriptHost& host, const ScriptLine& line) {
  const std::string& what = line.words[0];
  const std::string wanted = fmt::format("{}", fmt::join(line.words.begin() + 1, line.words.end(), " "));
  if (what == "file") {
    if (!std::filesystem::exists(wanted)) geo::fail("expected the file {}, it is not there", wanted);
    return;
  }
  if (what == "under") {
    if (!near_target(host, const_cast<ScriptHost&>(host).pointer(), wanted))
      geo::fail("expected {} under the pointer, it is elsewhere", wanted);
    return;
  }
  const std::string actual = host.actual(what);
  if (what == "message") {
    if (actual.find(wanted) == std::string::npos)
      geo::fail("expected a message with '{}', it is '{}'", wanted, actual);
  } else if (what == "scale") {
    const bool above = line.words[1] == "above";
    const double limit = number(line.words.back());
    if (above ? number(actual) <= limit : number(actual) >= limit)
      geo::fail("expected a scale {}, it is {} metres per pixel", wanted, actual);
  } else if (actual != wanted) {
    geo::fail("expected {} {}, it is {}", what, wanted, actual);
  }
}

void ScriptRunner::step(ScriptHost& host) {
  try {
    if (steps_.empty()) {
      if (next_ == lines_.size()) return;
      line_number_ = lines_[next_].number, line_start_ = host.now();
      expand(host, lines_[next_++]);
    }
    if (host.now() - line_start_ > longest_line) geo::fail("still not finished after {} s", longest_line);
    waiting_ = !steps_.front().act();
    if (!waiting_) steps_.pop_front();
  } catch (const std::exception& e) {
    geo::fail("script line {}: {}", line_number_, e.what());
  }
}

void ScriptRunner::then(std::function<void()> act) {
  steps_.push_back({[act = std::move(act)] {
                      act();
                      return true;
                    },
                    false});
}

void ScriptRunner::rest() { steps_.push_back({[] { return true; }, true}); }

bool ScriptRunner::resting() const {
  if (!steps_.empty()) return steps_.front().rest;
  return next_ < lines_.size() && lines_[next_].verb == "wait";
}

void ScriptRunner::point(ScriptHost& host, std::vector<std::string> target) {
  then([&host, target = std::move(target)] {
    const render::Vec2 at = target_of(host, target);
    host.pointer().x = at.x, host.pointer().y = at.y;
  });
  rest();  // hovering takes effect a frame later
}

void ScriptRunner::press(ScriptHost& host, int times) {
  for (int i = 0; i < times; ++i) {
    then([&host, i] { host.pointer().down = true, host.pointer().second = i > 0; });
    then([&host] { host.pointer().down = host.pointer().second = false; });
  }
  rest();
}

void ScriptRunner::drag(ScriptHost& host, const ScriptLine& line) {
  const auto split = line.words.begin() + static_cast<std::ptrdiff_t>(target_length(line.words));
  const std::vector<std::string> from(line.words.begin(), split), to(split, line.words.end());
  if (to.empty()) throw geo::UsageError("a drag needs two targets");
  point(host, from);
  then([&host] { host.pointer().down = true; });
  constexpr int strides = 8;
  for (int i = 1; i <= strides; ++i)
    then([&host, to, i] {
      const render::Vec2 end = target_of(host, to);
      const float share = 1.0F / static_cast<float>(strides - i + 1);
      host.pointer().x += (end.x - host.pointer().x) * share,
          host.pointer().y += (end.y - host.pointer().y) * share;
    });
  then([&host] { host.pointer().down = false; });
  rest();
}

void ScriptRunner::expand(ScriptHost& host, const ScriptLine& line) {
  if (line.verb == "move") return point(host, line.words);
  if (line.verb == "click" || line.verb == "doubleclick") {
    point(host, line.words);
    return press(host, line.verb == "click" ? 1 : 2);
  }
  if (line.verb == "drag") return drag(host, line);
  expand_simple(host, line);
}

void ScriptRunner::expand_simple(ScriptHost& host, const ScriptLine& line) {
  const std::vector<std::string> words = line.words;
  if (line.verb == "wheel") {
    then([&host, words] { host.pointer().wheel = static_cast<float>(number(words[0])); });
    then([&host] { host.pointer().wheel = 0; });
  } else if (line.verb == "key") {
    then([&host, words] {
      if (!host.press(words[0])) geo::fail("there is no key '{}'", words[0]);
    });
    rest();
  } else if (line.verb == "type") {
    then([&host, words] { host.type(fmt::format("{}", fmt::join(words, " "))); });
    rest();
  } else if (line.verb == "wait") {
    steps_.push_back({[&host] { return host.settled(); }, false});
  } else if (line.verb == "screenshot") {
    then([&host, words] { host.save_picture(words[0]); });
  } else if (line.verb == "resize") {
    then([&host, words] {
      host.resize(static_cast<int>(number(words[0])), static_cast<int>(number(words[1])));
    });
    rest();
  } else if (line.verb == "expect") {
    then([&host, line] { check_expectation(host, line); });
  }
}

}  // namespace battlemap::app
