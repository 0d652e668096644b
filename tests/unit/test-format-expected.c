/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "comma-locale.h"
#include "sample-report.h"

#include "formats/road-report-command.h"

/* The expected output is in the files of expected/, for people to read. The XML and the grepable output were
 * compared with nmap 7.93's. @VERSION@ stands for our version. To renew them after an intended change:
 * G_TEST_SRCDIR=tests/unit ROADSTEAD_RENEW_EXPECTED=1 _build/tests/unit/test-format-expected */

static void
assert_expected (RoadFormat format, RoadReport *report, const char *name)
{
  g_autofree char *base = g_strconcat (name, road_format_get_suffix (format), ".expected", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "expected", base, NULL);
  g_autofree char *written = write_report (format, report, ROAD_FORMAT_FLAGS_NONE);
  g_autoptr (GString) text = g_string_new (written);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  g_string_replace (text, PACKAGE_VERSION, "@VERSION@", 0);
  if (g_getenv ("ROADSTEAD_RENEW_EXPECTED") != NULL)
    g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);

  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, expected);
}

/* A program that reads these formats would miss results, or not find them where it looks; a stopped scan
 * would look complete. */
static void
test_stopped (gconstpointer data)
{
  const RoadFormat format = (RoadFormat) GPOINTER_TO_INT (data);
  g_autoptr (RoadReport) report = new_sample_report (FALSE);

  finish_sample (report, ROAD_REPORT_STOPPED);
  assert_expected (format, report, "stopped");
}

/* --open would list more than open ports, or lose the count of the others. */
static void
test_open_only (gconstpointer data)
{
  const RoadFormat format = (RoadFormat) GPOINTER_TO_INT (data);
  g_autoptr (RoadReport) report = new_sample_report (TRUE);

  finish_sample (report, ROAD_REPORT_FINISHED);
  assert_expected (format, report, "open-only");
}

/* A scan without hosts, times or a reason for its failure would make a file that nothing reads. */
static void
test_empty (gconstpointer data)
{
  const RoadFormat format = (RoadFormat) GPOINTER_TO_INT (data);
  g_autoptr (RoadPortSet) ports = road_port_set_parse ("80", NULL);
  g_autoptr (RoadProfile) profile = road_profile_new ("ports", ports, NULL);
  g_autoptr (RoadReport) report = road_report_new ("", profile);

  road_report_finish (report, ROAD_REPORT_FAILED, NULL, 0);
  assert_expected (format, report, "empty");
}

/* A host that timed out would look as if all its ports had been scanned, or lack one of its names or notes.
 * */
static void
test_timed_out (gconstpointer data)
{
  const RoadFormat format = (RoadFormat) GPOINTER_TO_INT (data);
  g_autoptr (RoadReport) report = new_timed_out_report ();

  finish_sample (report, ROAD_REPORT_FINISHED);
  assert_expected (format, report, "timed-out");
}

/* A host discovery would list no hosts, or ports. */
static void
test_hosts (gconstpointer data)
{
  const RoadFormat format = (RoadFormat) GPOINTER_TO_INT (data);

  for (gboolean open_only = FALSE; open_only <= TRUE; open_only++)
    {
      g_autoptr (RoadReport) report = new_hosts_report (open_only);

      finish_sample (report, ROAD_REPORT_FINISHED);
      assert_expected (format, report, open_only ? "hosts-open-only" : "hosts");
    }
}

/* In a locale with a decimal comma or other month names, programs could not read the output. */
static void
test_locale (gconstpointer data)
{
  g_autofree char *old = g_strdup (setlocale (LC_ALL, NULL));

  if (!comma_locale_begin ())
    return;
  test_stopped (data);
  comma_locale_end (old);
}

/* The command in the report would scan something else, or a name in somebody else's file would do harm when
 * the command is pasted into a shell. */
static void
test_command (void)
{
  static const struct
  {
    const char *targets;
    const char *words;
  } cases[] = {
    { "localhost 10.0.0.0/8", " localhost 10.0.0.0/8" },
    { " [::1]\n\tfe80::1%eth0 ", " '[::1]' fe80::1%eth0" },
    { "a;reboot $(reboot) `reboot`", " 'a;reboot' '$(reboot)' '`reboot`'" },
    { "a'b", " 'a'\\''b'" },
    { "a -o/etc/passwd", " -- a -o/etc/passwd" },
    { "", "" },
  };
  g_autoptr (RoadTargetSpec) excluded = road_target_spec_parse ("10.0.0.1", NULL);
  g_autoptr (RoadProfile) usual = road_profile_new (NULL);
  g_autoptr (RoadProfile) profile =
      road_profile_new ("exclude-targets", excluded, "family", ROAD_FAMILY_IPV6, "discovery", FALSE,
                        "list-down", TRUE, "identify", ROAD_IDENTIFY_ASK, "timing",
                        ROAD_TIMING_POLITE, "max-parallelism", 7, "max-rate", 8, "timeout", 9,
                        "max-retries", 0, "resolve-all", TRUE, "host-timeout", 90000, NULL);
  g_autoptr (RoadReport) all = road_report_new ("x", profile);
  g_autofree char *all_words = road_report_dup_command (all);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadReport) report = road_report_new (cases[i].targets, usual);
      g_autofree char *command = road_report_dup_command (report);
      g_autofree char *expected = g_strconcat ("roadstead-cli -p top:1000", cases[i].words, NULL);

      g_assert_cmpstr (command, ==, expected);
    }

  g_assert_cmpstr (all_words, ==,
                   "roadstead-cli -p top:1000 --exclude 10.0.0.1 -6 --resolve-all --skip-discovery "
                   "--list-down --identify ask -T polite --max-parallelism 7 --max-rate 8 "
                   "--timeout 9 --host-timeout 90s "
                   "--max-retries 0 x");
}

static void
add_tests (RoadFormat format)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } tests[] = {
    { "stopped", test_stopped },     { "open-only", test_open_only }, { "empty", test_empty },
    { "timed-out", test_timed_out }, { "hosts", test_hosts },         { "locale", test_locale },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/format/%s/%s", road_format_get_name (format), tests[i].name);

      g_test_add_data_func (path, GINT_TO_POINTER (format), tests[i].func);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  add_tests (ROAD_FORMAT_XML);
  add_tests (ROAD_FORMAT_GREPABLE);
  add_tests (ROAD_FORMAT_CSV);
  add_tests (ROAD_FORMAT_HTML);
  g_test_add_func ("/format/command", test_command);

  return g_test_run ();
}
