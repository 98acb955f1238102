// battlemap sheets through the program, on a project of three villages.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "village_project.hpp"

namespace battlemap::app {
namespace {

namespace fs = std::filesystem;

class SheetsCommand : public VillageProject {
 protected:
  static bool is_whole_pdf(const fs::path& file) {
    const std::string bytes = read(file);
    return bytes.starts_with("%PDF-") && bytes.find("%%EOF", bytes.size() - std::min<std::size_t>(bytes.size(), 16)) !=
                                             std::string::npos;
  }
  std::vector<std::string> pdfs() const {
    std::vector<std::string> found;
    for (const std::string& file : files(out()))
      if (file.ends_with(".pdf")) found.push_back(file);
    return found;
  }
  /// The program as a process of its own, which a signal may end.
  pid_t start(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments{BATTLEMAP_PROGRAM, "sheets", folder_.string(), "--out", out().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const pid_t child = fork();
    if (child != 0) return child;
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    freopen("/dev/null", "w", stdout), freopen("/dev/null", "w", stderr);
    execv(argv[0], argv.data());
    _exit(127);
  }
  static int wait_for(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
  }
};

TEST_F(SheetsCommand, OneVillageGetsAllBoardsInOrder) {
  const Outcome outcome = sheets({"--village", first});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const std::vector<std::string> found = pdfs();
  ASSERT_EQ(found.size(), 6U) << outcome.out;
  EXPECT_EQ(found[0], std::string(first) + "-一村/1-profile.pdf");
  EXPECT_EQ(found[5], std::string(first) + "-一村/6-progress.pdf");
  for (const std::string& file : found) EXPECT_TRUE(is_whole_pdf(out() / file)) << file;
  EXPECT_NE(outcome.out.find("1 of 1 villages done, 6 files written"), std::string::npos) << outcome.out;
}

TEST_F(SheetsCommand, ASeventhMapComesAlongByItself) {
  write(folder_ / "maps" / "seventh.toml",
        "id = 'roads'\norder = 990\ntitle = '路'\n[[panel]]\nkind = 'text'\ntext = '第七张'\n");
  const Outcome outcome = sheets({"--village", first});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(fs::exists(out() / (std::string(first) + "-一村") / "7-roads.pdf")) << outcome.out;
}

TEST_F(SheetsCommand, AllTakesThePoorVillagesOfAPlace) {
  ASSERT_EQ(sheets({"--place", township, "--all", "--maps", "profile"}).code, 0);
  EXPECT_EQ(pdfs(), (std::vector<std::string>{std::string(first) + "-一村/1-profile.pdf",
                                              std::string(second) + "-二村/1-profile.pdf"}));
  const Outcome more = sheets({"--all-villages", "--maps", "profile"});
  EXPECT_EQ(pdfs().size(), 3U);
  EXPECT_NE(more.out.find("1 files written, 2 unchanged"), std::string::npos) << more.out;
}

TEST_F(SheetsCommand, ChangedDataOrOptionsAreDrawnAnew) {
  const std::vector<std::string> options{"--all", "--maps", "profile"};
  ASSERT_EQ(sheets(options).code, 0);
  EXPECT_NE(sheets(options).out.find("0 files written, 2 unchanged"), std::string::npos);
  auto english = options;
  english.insert(english.end(), {"--lang", "en"});
  EXPECT_NE(sheets(english).out.find("2 files written"), std::string::npos);
  EXPECT_NE(sheets(options).out.find("2 files written"), std::string::npos);
  auto rows = households();
  rows.pop_back();
  write_households(folder_, rows);
  EXPECT_NE(sheets(options).out.find("2 files written"), std::string::npos);
  auto again = options;
  again.emplace_back("--again");
  EXPECT_NE(sheets(again).out.find("2 files written"), std::string::npos);
}

TEST_F(SheetsCommand, AMissingOrCutFileIsDrawnAnew) {
  const std::vector<std::string> options{"--all", "--maps", "profile"};
  ASSERT_EQ(sheets(options).code, 0);
  const fs::path one = out() / pdfs()[0], two = out() / pdfs()[1];
  fs::remove(one);
  fs::resize_file(two, 100);
  EXPECT_NE(sheets(options).out.find("2 files written"), std::string::npos);
  EXPECT_TRUE(is_whole_pdf(one) && is_whole_pdf(two));
}

TEST_F(SheetsCommand, FormatsStandBesideEachOther) {
  const Outcome outcome = sheets({"--village", first, "--maps", "profile", "--format", "svg,png,pdf"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const fs::path folder = out() / (std::string(first) + "-一村");
  EXPECT_TRUE(read(folder / "1-profile.svg").find("<svg") != std::string::npos);
  EXPECT_TRUE(read(folder / "1-profile.png").starts_with("\x89PNG"));
  EXPECT_TRUE(is_whole_pdf(folder / "1-profile.pdf"));
}

TEST_F(SheetsCommand, HostileNamesStayInTheFolder) {
  make_project(folder_, households(), {"../../../tmp/逃", "con:*?\n\t村", ".\u202E"});
  const Outcome outcome = sheets({"--all-villages", "--maps", "profile"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(pdfs(), (std::vector<std::string>{std::string(first) + "-tmp_逃/1-profile.pdf",
                                              std::string(second) + "-con_村/1-profile.pdf",
                                              std::string(third) + "-_/1-profile.pdf"}));
  EXPECT_EQ(files(root_).size(), files(folder_).size() + files(out()).size());
}

TEST_F(SheetsCommand, BadOptionsAreAnsweredBeforeAnythingIsWritten) {
  const auto usage = [&](const std::vector<std::string>& more, const std::string& said) {
    const Outcome outcome = sheets(more);
    EXPECT_EQ(outcome.code, 2) << said;
    EXPECT_NE(outcome.err.find(said), std::string::npos) << outcome.err;
    EXPECT_FALSE(fs::exists(out()));
  };
  usage({}, "say which villages");
  usage({"--village", first, "--all"}, "--village draws one village");
  usage({"--all", "--all-villages"}, "not both");
  usage({"--village", township}, "--place 630102100 --all");
  usage({"--village", "八村"}, "八村");
  usage({"--all", "--format", "pfd"}, "pdf");
  usage({"--all", "--paper", "B4"}, "A4");
  usage({"--all", "--dpi", "9"}, "--dpi 9");
  usage({"--all", "--maps", "profil"}, "profile");
  usage({"--all", "--audience", "pubic"}, "public");
  usage({"--all", "--portrait", "--landscape"}, "not both");
  usage({"--all", "--place", "630199"}, "630199");
}

TEST_F(SheetsCommand, AClosedFolderIsSaid) {
  write(root_ / "file", "");
  const Outcome outcome = run_battlemap(
      {"sheets", folder_.string(), "--all", "--out", (root_ / "file" / "sheets").string(), "--maps", "profile"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("file/sheets"), std::string::npos) << outcome.err;
}

/// Nothing to judge by is no reason to draw nothing.
TEST_F(SheetsCommand, AProjectWithoutCriteriaIsDrawnAndNotJudged) {
  fs::remove_all(folder_ / "criteria");
  EXPECT_EQ(sheets({"--all"}).code, 0);
  EXPECT_EQ(files(out()).size(), 2U * 7) << "six maps and the list of what is finished";
  const std::string archive = (root_ / "a.pdf").string(), book = (root_ / "h.pdf").string();
  EXPECT_EQ(run_battlemap({"archive", folder_.string(), "--township", township, "--out", archive}).code, 0);
  EXPECT_EQ(run_battlemap({"handbook", folder_.string(), "--household", "H1-0", "--out", book}).code, 0);
  const Outcome judged = run_battlemap({"exits", folder_.string()});
  EXPECT_EQ(judged.code, 1);
  EXPECT_NE(judged.err.find("criteria"), std::string::npos) << judged.err;
}

TEST_F(SheetsCommand, AFullDiskEndsItAndLeavesNothingHalfWritten) {
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto old = signal(SIGXFSZ, SIG_IGN);
  const rlimit small{4096, before.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
  // Captured output is a file, too: it stays under the limit.
  const Outcome outcome = sheets({"--all", "--maps", "profile"});
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, old);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find("cannot write"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("1-profile.pdf"), std::string::npos) << outcome.err;
  EXPECT_TRUE(files(out()).empty()) << files(out()).front();
}

TEST_F(SheetsCommand, AVillagesFolderThatCannotBeMadeIsNamed) {
  fs::create_directories(out());
  write(out() / (std::string(second) + "-二村"), "a file where the village's folder should be");
  const Outcome outcome = sheets({"--all", "--maps", "profile"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.err.find(std::string(second) + "-二村"), std::string::npos) << outcome.err;
  for (const std::string& pdf : pdfs()) EXPECT_TRUE(is_whole_pdf(out() / pdf)) << pdf;
}

TEST_F(SheetsCommand, AKilledRunLeavesWholeFilesAndGoesOn) {
  const std::vector<std::string> options{"--all-villages", "--format", "pdf,svg"};
  const pid_t child = start(options);
  ASSERT_GT(child, 0);
  // Killed as soon as a file is there: most are not.
  for (int i = 0; i < 2000 && (!fs::exists(out()) || pdfs().empty()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  kill(child, SIGKILL);
  wait_for(child);
  for (const std::string& file : pdfs()) EXPECT_TRUE(is_whole_pdf(out() / file)) << file;
  const std::size_t before = pdfs().size();
  EXPECT_LT(before, 18U);
  EXPECT_EQ(wait_for(start(options)), 0);
  EXPECT_EQ(pdfs().size(), 18U);
  for (const std::string& file : files(out())) EXPECT_FALSE(file.ends_with(".part")) << file;
}

TEST_F(SheetsCommand, CtrlCEndsBetweenTwoFilesWithTheSignalsCode) {
  const pid_t child = start({"--all-villages", "--format", "svg,pdf"});
  ASSERT_GT(child, 0);
  for (int i = 0; i < 2000 && (!fs::exists(out()) || files(out()).empty()); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  kill(child, SIGINT);
  const int status = wait_for(child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 130);
  for (const std::string& file : files(out())) EXPECT_FALSE(file.ends_with(".part")) << file;
  for (const std::string& file : pdfs()) EXPECT_TRUE(is_whole_pdf(out() / file)) << file;
}

/// Every kind of bad record at once: the sheets are made, and `check` tells of each.
TEST_F(SheetsCommand, BadRecordsAreReportedAndTheSheetsMade) {
  auto rows = households();
  rows.push_back({"OUT", first, "105", "36.05"});
  rows.push_back({"NOWHERE", "", "", ""});
  rows.push_back({"ODD", first, "100.05", "36.02", "3", "一般贫困户", "因为懒"});
  rows.push_back({"TWICE", first, "100.03", "36.02"});
  rows.push_back({"TWICE", second, "100.13", "36.02"});
  rows.push_back({"NEG", first, "100.04", "36.02", "3", "一般贫困户", "因学", "-500"});
  for (int i = 0; i < 5000; ++i)
    rows.push_back({"M" + std::to_string(i), second, "100.1" + std::to_string(10 + i % 80),
                    "36.0" + std::to_string(10 + i / 80)});
  write_households(folder_, rows);
  write(folder_ / "pairing.csv", "id,cadre,household\nX1,C2,H1-0\nX9,C-NONE,H1-1\n");
  const Outcome sheets_made = sheets({"--all"});
  EXPECT_EQ(sheets_made.code, 0) << sheets_made.err;
  EXPECT_EQ(pdfs().size(), 12U);
  const Outcome check = run_battlemap({"check", folder_.string()});
  EXPECT_EQ(check.code, 0) << check.err;
  for (const char* kind : {"outside_place", "no_place", "unknown_category", "duplicate_id", "negative_number",
                           "unknown_reference"})
    EXPECT_NE(check.out.find(kind), std::string::npos) << kind << "\n" << check.out;
}

}  // namespace
}  // namespace battlemap::app
