// Tries each way out of the program for what an audience must not see: by name, and by changing only what is
// secret, which then must not change a single byte of the output.
#include <array>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "village_project.hpp"

namespace battlemap::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* secret_id = "QZX77Q01";
constexpr const char* secret_income = "31415";
constexpr const char* secret_income_as_printed = "31,415";
constexpr const char* secret_cadre = "KADER9Z9";

/// Everything that a run wrote: files and what it printed, by name.
using Outputs = std::map<std::string, std::string>;

std::string run_and_read(const std::string& command) {
  std::string text;
  if (FILE* pipe = popen(command.c_str(), "r")) {
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), n);
    pclose(pipe);
  }
  return text;
}

class AudienceLeak : public VillageProject {
 protected:
  /// Two projects alike in all but what is secret: an id, an income, health as a cause, a place within the group.
  /// Ids stay where `ids` says so: running numbers depend on them.
  enum class Ids { change, keep };
  void write_twins(Ids ids) {
    auto rows = households();
    for (auto& row : rows) row.group = row.code == std::string(first) ? "G1" : "";
    rows[0] = {secret_id, first, "100.013579", "36.024681", "3", "一般贫困户", "因病", secret_income, "9999", "G1"};
    make_project(root_ / "a", rows);
    write_cadre(root_ / "a", rows[0].id);
    rows[0].cause = "因残", rows[0].income = "27182";
    rows[0].lon = "100.086420", rows[0].lat = "36.097531";
    if (ids == Ids::change) rows[0].id = "QZX88Q02";
    make_project(root_ / "b", rows);
    write_cadre(root_ / "b", rows[0].id);
  }

  static void write_cadre(const fs::path& folder, const std::string& household) {
    write(folder / "cadre.csv", std::string("id,code,role\nC1,630102100200,第一书记\n") + secret_cadre +
                                    ",630102100200,结对帮扶干部\n");
    write(folder / "pairing.csv", std::string("id,cadre,household\nX1,") + secret_cadre + "," + household + "\n");
  }

  /// Runs every command that writes or prints what it reads of records, but `check`: whoever checks the sources
  /// must see what is wrong in them.
  Outputs all_outputs(const std::string& twin, const std::string& audience) const {
    const fs::path project = root_ / twin, folder = root_ / (twin + "-" + audience);
    fs::remove_all(folder);
    fs::create_directories(folder);
    Outputs outputs;
    const auto run = [&](const std::string& name, std::vector<std::string> arguments) {
      arguments.insert(arguments.begin() + 1, project.string());
      const Outcome outcome = run_battlemap(arguments);
      EXPECT_EQ(outcome.code, 0) << name << ": " << outcome.err;
      outputs[name + " (printed)"] = without_paths(outcome.out + outcome.err, twin);
    };
    for (const std::string map : {"households", "causes", "responsibility", "progress"})
      for (const std::string kind : {"png", "pdf", "svg"})
        run("render " + map + " " + kind,
            {"render", "--map", map, "--place", first, "--size", "1200x800", "--audience", audience, "--out",
             (folder / (map + "." + kind)).string()});
    run("sheets", {"sheets", "--all-villages", "--paper", "A4", "--dpi", "100", "--format", "pdf,svg", "--audience",
                   audience, "--out", (folder / "sheets").string()});
    run("archive", {"archive", "--township", township, "--paper", "A4", "--dpi", "100", "--all-villages", "--audience",
                    audience, "--out", (folder / "archive.pdf").string()});
    run("exits", {"exits", "--audience", audience, "--json", (folder / "exits.json").string()});
    if (audience != "public")  // no household is single to the public, so none has a handbook
      run("handbook", {"handbook", "--village", first, "--audience", audience, "--out",
                       (folder / "handbook.pdf").string()});
    run("maps", {"maps", "--json", (folder / "maps.json").string()});
    run("find", {"find", "村", "--json", (folder / "find.json").string()});
    collect(folder, twin, outputs);
    return outputs;
  }

  /// Every file as bytes; a PDF also as the text and metadata that a reader finds in it.
  void collect(const fs::path& folder, const std::string& twin, Outputs& outputs) const {
    for (const std::string& file : files(folder)) {
      if (fs::path(file).filename() == ".finished") continue;  // sizes and a digest of the inputs, by design
      std::string bytes = read(folder / file);
      if (file.ends_with(".json")) bytes = without_paths(std::move(bytes), twin);
      // Cairo numbers its surfaces from the start of the process.
      if (file.ends_with(".svg")) bytes = std::regex_replace(bytes, std::regex("surface[0-9]+"), "surface");
      const std::string quoted = "'" + (folder / file).string() + "'";
      // Everything but the names of font subsets and the identifier, which depend on what was printed before.
      if (file.ends_with(".pdf"))
        bytes = std::regex_replace(run_and_read("qpdf --qdf --object-streams=disable " + quoted + " -"),
                                   std::regex("/[A-Z]{6}\\+|/ID \\[<[0-9a-f]+><[0-9a-f]+>\\]"), "/");
      outputs[file] = std::move(bytes);
      if (file.ends_with(".pdf"))
        outputs[file + " (text)"] = run_and_read("pdftotext -layout " + quoted + " - && pdfinfo " + quoted +
                                                 " | grep -v '^File size'");
    }
  }

  static std::string without_paths(std::string text, const std::string& twin) {
    for (const std::string& name : {"/" + twin + "/", "/" + twin + "-"})
      for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1))
        text.replace(at, name.size(), "/X/");
    return text;
  }

  static void expect_no_secret(const Outputs& outputs, const std::string& audience) {
    for (const auto& [name, text] : outputs) {
      for (const char* secret : {secret_id, secret_income, secret_income_as_printed, secret_cadre, "100.013579",
                                 "36.024681"})
        EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << name << " for " << audience;
      // Health is merged: 因病因残 may stand there, one of them alone may not.
      for (std::size_t at = text.find("因病"); at != std::string::npos; at = text.find("因病", at + 1))
        EXPECT_EQ(text.compare(at, std::string("因病因残").size(), "因病因残"), 0) << name << " for " << audience;
    }
  }

  static void expect_same(const Outputs& a, const Outputs& b, const std::string& audience) {
    ASSERT_EQ(a.size(), b.size()) << audience;
    for (const auto& [name, text] : a) {
      const auto other = b.find(name);
      ASSERT_NE(other, b.end()) << name;
      EXPECT_TRUE(text == other->second) << name << " tells the secret to " << audience;
    }
  }
};

TEST_F(AudienceLeak, NothingSecretReachesThePublic) {
  write_twins(Ids::change);
  const Outputs a = all_outputs("a", "public");
  expect_no_secret(a, "public");
  expect_same(a, all_outputs("b", "public"), "public");
}

TEST_F(AudienceLeak, ThePublicGetsNoHandbook) {
  write_twins(Ids::change);
  const fs::path file = root_ / "handbook.pdf";
  const Outcome outcome = run_battlemap({"handbook", (root_ / "a").string(), "--village", first, "--audience", "public",
                                         "--out", file.string()});
  EXPECT_NE(outcome.code, 0);
  EXPECT_FALSE(fs::exists(file));
}

TEST_F(AudienceLeak, NothingSecretReachesLeadership) {
  write_twins(Ids::keep);
  const Outputs a = all_outputs("a", "leadership");
  expect_no_secret(a, "leadership");
  expect_same(a, all_outputs("b", "leadership"), "leadership");
}

/// The test would see a leak: in the field everything is there.
TEST_F(AudienceLeak, TheFieldSeesWhatTheOthersMustNot) {
  write_twins(Ids::keep);
  const Outputs a = all_outputs("a", "field"), b = all_outputs("b", "field");
  std::string all;
  for (const auto& [name, text] : a) all += text;
  EXPECT_NE(all.find(secret_id), std::string::npos);
  EXPECT_NE(all.find(secret_income), std::string::npos);
  EXPECT_NE(all.find("因病"), std::string::npos);
  for (const char* file : {"households.png", "households.pdf", "causes.svg", "archive.pdf", "exits.json"})
    EXPECT_TRUE(a.at(file) != b.at(file)) << file;
}

}  // namespace
}  // namespace battlemap::app
