// What a project names may be no file at all, or not ours to read, or too much: `check` says so in one line
// and soon.
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "child_process.hpp"
#include "disk_project.hpp"

namespace battlemap::app {
namespace {

namespace fs = std::filesystem;

constexpr double soon = 20;  // seconds, of a busy machine with sanitizers

class OddAccess : public DiskProject {
 protected:
  ChildOutcome check(const std::vector<std::string>& more = {}, double most_seconds = soon) const {
    std::vector<std::string> arguments{BATTLEMAP_PROGRAM, "check", project()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_child(arguments, (folder_ / "log").string(), most_seconds);
  }
  std::string path(const char* name) const { return (folder_ / name).string(); }
  /// The last line on stderr: the message that the program ended with.
  std::string failure() const {
    const ChildOutcome outcome = check();
    EXPECT_EQ(outcome.code, 1) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    std::string last;
    std::istringstream lines(outcome.err);
    for (std::string line; std::getline(lines, line);) last = line;
    return last;
  }
  void replace_by_folder(const char* name) const {
    fs::remove(path(name));
    fs::create_directory(path(name));
    std::ofstream(path(name) + "/inner.txt") << "x";
  }
  void replace_by_pipe(const char* name) const {
    fs::remove(path(name));
    ASSERT_EQ(mkfifo(path(name).c_str(), 0600), 0);
  }
  void replace_by_link(const char* name, const char* target) const {
    fs::remove(path(name));
    fs::create_symlink(target, path(name));
  }
};

TEST_F(OddAccess, AFolderForABoundaryFile) {
  replace_by_folder("county.geojson");
  EXPECT_EQ(failure(),
            "battlemap: " + path("county.geojson") + ": is a folder; name one of its files (inner.txt)");
}

TEST_F(OddAccess, AFolderForATable) {
  replace_by_folder("village.csv");
  EXPECT_EQ(failure(),
            "battlemap: " + path("village.csv") + ": is a folder; name one of its files (inner.txt)");
}

TEST_F(OddAccess, APipeForABoundaryFile) {
  replace_by_pipe("county.geojson");
  EXPECT_EQ(failure(), "battlemap: " + path("county.geojson") +
                           ": is a pipe, not a file; save the data as a file and name that");
}

TEST_F(OddAccess, APipeForATable) {
  replace_by_pipe("village.csv");
  EXPECT_EQ(failure(), "battlemap: " + path("village.csv") +
                           ": is a pipe, not a file; save the data as a file and name that");
}

TEST_F(OddAccess, ADeviceWithoutEndForABoundaryFile) {
  replace_by_link("county.geojson", "/dev/zero");
  EXPECT_EQ(failure(), "battlemap: " + path("county.geojson") +
                           ": is a device, not a file; save the data as a file and name that");
}

TEST_F(OddAccess, ADeviceWithoutEndForATable) {
  replace_by_link("village.csv", "/dev/zero");
  EXPECT_EQ(failure(), "battlemap: " + path("village.csv") +
                           ": is a device, not a file; save the data as a file and name that");
}

TEST_F(OddAccess, ALinkToItself) {
  replace_by_link("village.csv", "village.csv");
  EXPECT_EQ(failure(),
            "battlemap: " + path("village.csv") + ": cannot be read: Too many levels of symbolic links");
}

TEST_F(OddAccess, AnEmptyFile) {
  write("village.csv", "");
  EXPECT_EQ(failure(),
            "battlemap: " + path("village.csv") + ": the file is empty; a table needs a header line");
}

TEST_F(OddAccess, ZerosForATable) {
  write("village.csv", std::string(100000, '\0'));
  EXPECT_EQ(failure(), "battlemap: " + path("village.csv") +
                           ": is no text: it holds zero bytes; save the table as UTF-8 text or as .xlsx");
}

TEST_F(OddAccess, PipesForWhateverElseAProjectNames) {
  std::string text = read("project.toml");
  text.insert(text.find("[[boundary]]"), "figures = 'figures.csv'\n");
  write("project.toml", text);
  write("figures.csv",
        "id,subject,value,value_text,unit,year,level,source,conflicting_value,conflict_note\n");
  for (const char* name :
       {"project.toml", "indicators.toml", "figures.csv", "provenance.toml", "maps/rate.toml"}) {
    SCOPED_TRACE(name);
    const std::string before = fs::exists(path(name)) ? read(name) : "";
    replace_by_pipe(name);
    const ChildOutcome outcome = check();
    EXPECT_NE(outcome.code, -1) << "hangs or crashes after " << outcome.seconds << " s";
    EXPECT_NE((outcome.err + outcome.out).find(fs::path(name).filename().string()), std::string::npos)
        << outcome.err;
    fs::remove(path(name));
    if (!before.empty()) write(name, before);
  }
}

/// Root may read everything: then the reading is done as nobody.
TEST_F(OddAccess, FilesThatMayNotBeRead) {
  for (const char* name : {"village.csv", "county.geojson"}) {
    fs::permissions(path(name), fs::perms::none);
    const bool root = geteuid() == 0;
    const int closed = root ? seteuid(65534) : 0;
    const Outcome outcome = run_battlemap({"check", project()});
    const int opened = root ? seteuid(0) : 0;
    fs::permissions(path(name), fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_TRUE(closed == 0 && opened == 0);
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.err.find("battlemap: " + path(name) +
                               ": cannot be read: Permission denied; check its permissions"),
              std::string::npos)
        << outcome.err;
  }
}

/// Bytes that steer a terminal or turn text around.
std::string dangerous_in(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n') || byte == 0x7F) return "byte " + std::to_string(byte);
    if (text.compare(i, 2, "\xE2\x80") == 0 && i + 2 < text.size()) {
      const auto third = static_cast<unsigned char>(text[i + 2]);
      if ((third >= 0x8B && third <= 0x8F) || (third >= 0xA8 && third <= 0xAE)) return "a mark of direction";
    }
  }
  return "";
}

TEST_F(OddAccess, HostileNamesAreShownHarmlesslyAndInJson) {
  const std::string hostile = "\x1B[2J\x07\xE2\x80\xAE%s%n{}", huge(10000, 'x');
  std::string text = read("village.csv");
  text +=
      "\"" + hostile + "\",a,2015,1,1\n" + huge + ",b,2015,1,1\n630121100201," + hostile + ",2015,%s%n,1\n";
  text += "630121100202," + huge + ",2015," + huge + ",1\n";
  write("village.csv", text);
  std::string toml = read("project.toml");
  toml.replace(toml.find("小省"), std::string("小省").size(), "\xE2\x80\xAE小%s");
  write("project.toml", toml);
  const ChildOutcome outcome = check({"--json", path("check.json")});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(dangerous_in(outcome.out), "");
  EXPECT_EQ(dangerous_in(outcome.err), "");
  std::istringstream lines(outcome.out);
  for (std::string line; std::getline(lines, line);) EXPECT_LT(line.size(), 2000U) << line.substr(0, 100);
  EXPECT_NE(outcome.out.find("code '\\x1B[2J\\x07<U+202E>%s%n{}' was left out"), std::string::npos)
      << outcome.out;
  const auto json = nlohmann::json::parse(read("check.json"));
  std::string found;
  for (const auto& problem : json["problems"])
    if (problem["row"] > 0)
      found += problem["kind"].get<std::string>() + " " + std::to_string(problem["row"].get<int>()) + ", ";
  EXPECT_EQ(found, "unmatched_row 14, unmatched_row 15, bad_cell 16, bad_cell 17, ");
  for (const auto& problem : json["problems"])
    for (const char* key : {"code", "message", "source"}) {
      EXPECT_EQ(dangerous_in(problem[key].get<std::string>()), "") << key;
      EXPECT_LT(problem[key].get<std::string>().size(), 2000U) << key;
    }
  const Outcome places = run_battlemap({"find", project(), "6301211002"});
  EXPECT_NE(places.out.find("[2J%s%n{}"), std::string::npos) << places.out;
  EXPECT_EQ(dangerous_in(places.out), "") << places.out;
}

/// A gigabyte of good, repeated, unknown and outdated rows: memory must not grow with them.
TEST_F(OddAccess, AGigabyteOfRowsInBoundedMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr std::size_t bytes = std::size_t{1} << 25U;
  constexpr bool measured = false;
#else
  constexpr std::size_t bytes = std::size_t{1} << 30U;
  constexpr bool measured = true;
#endif
  constexpr long bound_kb = 128 * 1024;
  const std::string note(1000, 'n');
  std::string piece;
  for (int i = 0; piece.size() < (1U << 22U); ++i) {
    const char* codes[] = {"630121100200", "630122100200", "630999100200", "rubbish"};
    piece += std::string(codes[i % 4]) + ",村," + std::to_string(2015 + i % 3) + "," + std::to_string(i % 7) +
             ",9," + note + "\n";
  }
  std::ofstream file(path("village.csv"), std::ios::binary);
  file << "code,name,year,poor,people,note\n";
  for (std::size_t written = 0; written < bytes; written += piece.size()) file << piece;
  file.close();
  ASSERT_GE(fs::file_size(path("village.csv")), bytes);
  const ChildOutcome outcome = check({}, 60);
  fs::remove(path("village.csv"));
  ASSERT_EQ(outcome.code, 0) << outcome.err << " after " << outcome.seconds << " s";
  EXPECT_NE(outcome.out.find("more; --json lists 1000 of all"), std::string::npos) << outcome.out;
  std::printf("%.1f s, at most %ld MB\n", outcome.seconds, outcome.peak_kb / 1024);
  if (measured) {
    EXPECT_LT(outcome.peak_kb, bound_kb);
  }
}

}  // namespace
}  // namespace battlemap::app
