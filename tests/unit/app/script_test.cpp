#include "app/window/script.hpp"

#include <gtest/gtest.h>

#include <map>

#include "app/window/script_runner.hpp"
#include "geo/error.hpp"

namespace battlemap::app {
namespace {

struct FakeWindow : ScriptHost {
  Pointer hand;
  std::vector<std::string> events;
  std::map<std::string, std::string> facts{
      {"level", "county"}, {"scale", "500"}, {"message", "Exported a.png"}};
  bool quiet = true;
  double seconds = 0;

  Pointer& pointer() override { return hand; }
  bool press(const std::string& key) override {
    events.push_back("key " + key);
    return key != "Nokey";
  }
  void type(const std::string& text) override { events.push_back("type " + text); }
  void resize(int w, int h) override { events.push_back(fmt::format("resize {} {}", w, h)); }
  bool settled() const override { return quiet; }
  void save_picture(const std::filesystem::path& file) override { events.push_back("save " + file.string()); }
  render::Vec2 locate(const std::string& target) const override {
    if (target != "@export") throw geo::UsageError("there is no control " + target);
    return {40, 50};
  }
  std::string actual(const std::string& what) const override { return facts.at(what); }
  double now() const override { return seconds; }

  /// Runs frames until the script ends; returns how often the button was seen down.
  int play(const std::string& script) {
    ScriptRunner runner(parse_script(script));
    int down = 0;
    for (int frames = 0; frames < 1000 && !runner.done(); ++frames) {
      runner.step(*this);
      down += hand.down ? 1 : 0;
    }
    EXPECT_TRUE(runner.done());
    return down;
  }
};

std::string failure_of(const std::string& script) {
  FakeWindow window;
  try {
    window.play(script);
  } catch (const geo::Error& e) {
    return e.what();
  }
  return "";
}

TEST(Script, SkipsEmptyLinesAndComments) {
  const auto lines = parse_script("\n# a comment\n  wait\nkey Escape\n");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].number, 3);
  EXPECT_EQ(lines[1].verb, "key");
  EXPECT_EQ(lines[1].words, std::vector<std::string>{"Escape"});
}

TEST(Script, NamesTheLineOfAWrongVerbOrWordCount) {
  const auto message = [](const std::string& text) -> std::string {
    try {
      parse_script(text);
    } catch (const geo::UsageError& e) {
      return e.what();
    }
    return "";
  };
  EXPECT_NE(message("wait\nclik 1 2\n").find("line 2"), std::string::npos);
  EXPECT_NE(message("wait\nclik 1 2\n").find("click"), std::string::npos) << "offers the nearest verb";
  EXPECT_NE(message("wheel\n").find("line 1"), std::string::npos);
}

TEST(Script, ClicksAtATargetByNameOrPosition) {
  FakeWindow window;
  EXPECT_EQ(window.play("click @export"), 1);
  EXPECT_EQ(window.hand.x, 40);
  EXPECT_EQ(window.play("doubleclick 7 8"), 2);
  EXPECT_EQ(window.hand.y, 8);
}

TEST(Script, DragsWithTheButtonHeld) {
  FakeWindow window;
  EXPECT_GE(window.play("drag 0 0 100 60"), 8);
  EXPECT_EQ(window.hand.x, 100);
  EXPECT_EQ(window.hand.y, 60);
  EXPECT_FALSE(window.hand.down);
}

TEST(Script, PassesKeysTextAndSizesOn) {
  FakeWindow window;
  window.play("key F11\ntype two words\nresize 800 600\nscreenshot a.png\nwheel -2");
  EXPECT_EQ(window.events,
            (std::vector<std::string>{"key F11", "type two words", "resize 800 600", "save a.png"}));
  EXPECT_EQ(window.hand.wheel, 0) << "the wheel turns for one frame";
}

TEST(Script, ExpectationsHoldOrNameLineAndValue) {
  EXPECT_EQ(
      failure_of(
          "expect level county\nexpect scale above 400\nexpect scale below 600\nexpect message Exported"),
      "");
  const std::string wrong = failure_of("wait\nexpect level village");
  EXPECT_NE(wrong.find("script line 2"), std::string::npos);
  EXPECT_NE(wrong.find("county"), std::string::npos);
  EXPECT_NE(failure_of("expect scale below 400"), "");
  EXPECT_NE(failure_of("expect message failed"), "");
  EXPECT_NE(failure_of("expect file /nowhere/at-all.png"), "");
  EXPECT_NE(failure_of("click @nothing"), "");
  EXPECT_NE(failure_of("key Nokey"), "");
}

TEST(Script, WaitsUntilTheWindowSettlesAndGivesUpAtLast) {
  FakeWindow window;
  window.quiet = false;
  ScriptRunner runner(parse_script("wait"));
  for (int i = 0; i < 10; ++i) runner.step(window);
  EXPECT_FALSE(runner.done());
  window.seconds = 1000;
  EXPECT_THROW(runner.step(window), geo::Error);
}

}  // namespace
}  // namespace battlemap::app
