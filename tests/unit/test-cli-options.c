/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/road-cli-options.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/base/road-error.h"

/* Arguments are separated by “|”. */
static RoadCliOptions *
parse (const char *line, GError **error)
{
  g_autofree char *all = g_strconcat ("roadstead-cli", *line != '\0' ? "|" : "", line, NULL);
  g_auto (GStrv) argv = g_strsplit (all, "|", -1);

  return road_cli_options_new ((int) g_strv_length (argv), argv, error);
}

/* What is wrong; words that the message has; the column of the caret in the text, or 0: none. */
static const struct
{
  const char *line;
  const char *words[3];
  guint column;
} bad[] = {
  { "", { "No target" }, 0 },
  { "-p|80", { "No target" }, 0 },
  { "-p|22,x,80|host", { "--ports", "22,x,80" }, 4 },
  { "-p22,x,80|host", { "--ports", "22,x,80" }, 4 },
  { "--ports=65536|host", { "--ports", "65536" }, 1 },
  { "--exclude-ports|1,99999|host", { "--exclude-ports", "99999" }, 3 },
  { "--exclude|10.0.0.1 10.0.0.0/33|host", { "--exclude", "/33" }, 19 },
  { "10.0.0.0/33", { "/33" }, 10 },
  { "host|10.0.0.0/33", { "/33" }, 10 },
  { "--bogus|host", { "--bogus" }, 0 },
  { "-z|host", { "-z" }, 0 },
  { "host|-p", { "-p" }, 0 },
  { "-4|-6|host", { "-4", "-6" }, 0 },
  { "-p|1|--top-ports|5|host", { "--ports", "--top-ports" }, 0 },
  { "--top-ports|0|host", { "--top-ports", "0", "1" }, 0 },
  { "--top-ports|-5|host", { "--top-ports", "-5" }, 0 },
  { "--top-ports|x|host", { "x" }, 0 },
  { "--max-rate|-1|host", { "--max-rate", "-1" }, 0 },
  { "--seed|-1|host", { "--seed", "-1" }, 0 },
  { "--max-parallelism|-1|host", { "--max-parallelism", "-1" }, 0 },
  { "--timeout|-1|host", { "--timeout", "-1" }, 0 },
  { "--timeout|99999999999|host", { "99999999999" }, 0 },
  { "--host-timeout|soon|host", { "--host-timeout", "soon", "30s" }, 0 },
  { "--host-timeout|-1|host", { "--host-timeout", "-1" }, 0 },
  { "--host-timeout|1d|host", { "--host-timeout", "1d" }, 0 },
  { "--host-timeout|1000h|host", { "--host-timeout", "1000h", "596h" }, 0 },
  { "-sn|-p|80|host", { "-sn" }, 0 },
  { "-sn|--top-ports|80|host", { "-sn" }, 0 },
  { "-sn|-F|host", { "-sn" }, 0 },
  { "-sn|--skip-discovery|host", { "Without ports", "choose ports" }, 0 },
  { "-p|none|--skip-discovery|host", { "Without ports" }, 0 },
  { "-p|none,22|host", { "--ports", "none" }, 1 },
  { "--max-retries|-2|host", { "--max-retries", "-2" }, 0 },
  { "-o|report|host", { "--output", "report", ".json" }, 0 },
  { "-o|report.pdf|host", { "--output", "report.pdf" }, 0 },
  { "--format|yaml|host", { "--format", "yaml", "json" }, 0 },
  { "-o|-|-o|-|host", { "--output", "standard output" }, 0 },
  { "-p|22|-p23|host", { "-p/--ports", "commas" }, 0 },
  { "--top-ports|5|-F|host", { "Only one --top-ports" }, 0 },
  { "-p|22|-F|host", { "--ports", "--top-ports" }, 0 },
  { "--profile|web|--profile|mail|host", { "Only one --profile" }, 0 },
  { "-Tfast|-T|polite|host", { "Only one -T/--timing" }, 0 },
  { "--max-rate|5|--max-rate=5|host", { "Only one --max-rate" }, 0 },
  { "--max-parallelism|5|--max-parallelism|6|host", { "Only one --max-parallelism" }, 0 },
  { "--timeout|5|--timeout|6|host", { "Only one --timeout" }, 0 },
  { "--host-timeout|5|--host-timeout|6|host", { "Only one --host-timeout" }, 0 },
  { "--max-retries|5|--max-retries|6|host", { "Only one --max-retries" }, 0 },
  { "--seed|5|--seed|6|host", { "Only one --seed" }, 0 },
  { "--format|csv|--format|json|host", { "Only one --format" }, 0 },
  { "-oXfile.xml|host", { "-oXfile.xml", "“-oX file.xml”", "“-o Xfile.xml”" }, 0 },
  { "-oX.json|host", { "“-oX .json”", "“-o X.json”" }, 0 },
  { "-oNx.txt|host", { "“-oN x.txt”" }, 0 },
  { "-oGx|host", { "“-oG x”" }, 0 },
  { "-oAll.xml|host", { "“-oA ll.xml”", "“-o All.xml”" }, 0 },
  { "-iLlist", { "“-iL list”", "“-i Llist”" }, 0 },
  { "-iR|100", { "-iR", "random" }, 0 },
  { "-sS|host", { "-sS", "-sT" }, 0 },
  { "-sU|host", { "-sU", "TCP" }, 0 },
  { "-sVC|host", { "-sVC", "versions" }, 0 },
  { "-A|host", { "-A", "versions" }, 0 },
  { "-PS22|host", { "-PS22", "--skip-discovery" }, 0 },
  { "-vv|host", { "-vv", "--reason" }, 0 },
  { "--scan-delay=1s|host", { "--scan-delay=1s", "--max-rate" }, 0 },
  { "-T1|host", { "--timing", "“1”", "polite" }, 0 },
  { "--profile|b\xfc|host", { "--profile", "“b\\252”", "UTF-8" }, 0 },
  { "b\xfc", { "“b\\252”", "UTF-8" }, 0 },
  { "-p|b\xfc|host", { "--ports", "“b\\252”" }, 0 },
  { "--max-rate|b\xfc|host", { "--max-rate", "“b\\252”" }, 0 },
  { "-p|9\x1b]0;x\a|host", { "“9\\027]0;x\\007”" }, 1 },
  { "-p|9\x1b,x\x1b|host", { "9\\027,x\\027" }, 1 },
  { "-p|80,\x1b,81|host", { "\n  80,\\027,81" }, 4 },
  { "a\x1b.x", { "\n  a\\027.x" }, 2 },
};

/* Losing this: what is asked for is which hosts are there, and ports are scanned. */
static void
test_no_ports (void)
{
  static const char *const lines[] = { "-sn|host", "-p|none|host", "--profile|hosts|host",
                                       "-p|None |--exclude-ports|80|host" };
  g_autoptr (RoadCliOptions) excluded = parse ("-p|80|--exclude-ports|80|host", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadCliOptions) options = parse (lines[i], &error);

      g_assert_no_error (error);
      g_assert_true (road_profile_get_only_discovers (options->profile));
    }

  /* That is a mistake, which the scan tells. */
  g_assert_false (road_profile_get_only_discovers (excluded->profile));
}

/* Losing this: a user who mistypes is not told what, where and what would be right. */
static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadCliOptions) options = parse (bad[i].line, &error);
      g_autofree char *escaped = g_strescape (bad[i].line, NULL);
      g_auto (GStrv) lines = NULL;

      g_test_message ("%s: %s", escaped, error != NULL ? error->message : "no error");
      g_assert_null (options);
      g_assert_nonnull (error);
      g_assert_true (error->domain != G_IO_ERROR);
      for (guint j = 0; j < G_N_ELEMENTS (bad[i].words) && bad[i].words[j] != NULL; j++)
        g_assert_nonnull (strstr (error->message, bad[i].words[j]));

      lines = g_strsplit (error->message, "\n", -1);
      if (bad[i].column == 0)
        {
          g_assert_cmpuint (g_strv_length (lines), ==, 1);
          continue;
        }
      g_assert_cmpuint (g_strv_length (lines), ==, 3);
      g_assert_cmpuint (strlen (lines[2]), ==, bad[i].column + 2);
      g_assert_true (g_str_has_suffix (lines[2], "^"));
      g_assert_cmpuint (strspn (lines[2], " "), ==, bad[i].column + 1);
    }
}

/* Losing this: an option does something else than it says, or nothing. */
static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadCliOptions) options =
      parse ("-n|-q|-6|--open|--reason|--skip-discovery|-p22,80|--exclude-ports=80|--exclude|"
             "10.0.0.1|--exclude-ports|81|--exclude|10.0.0.2/31|--resolve-all|--host-timeout|1.5m|"
             "--max-parallelism|7|--max-rate|8|--timeout|9|--max-retries|0|"
             "10.0.0.0/24|10.1.0.0/24",
             &error);
  g_autofree char *ports = NULL;
  g_autofree char *excluded = NULL;

  g_assert_no_error (error);
  ports = road_port_set_to_string (options->profile->ports);
  excluded = road_port_set_to_string (options->profile->exclude_ports);
  g_assert_cmpstr (ports, ==, "22,80");
  g_assert_cmpstr (excluded, ==, "80-81");
  g_assert_cmpuint (road_target_spec_get_n_targets (options->profile->exclude_targets), ==, 3);
  g_assert_cmpuint (road_target_spec_get_n_targets (options->targets), ==, 512);
  g_assert_cmpint (options->profile->family, ==, ROAD_FAMILY_IPV6);
  g_assert_cmpuint (options->profile->max_parallelism, ==, 7);
  g_assert_cmpuint (options->profile->max_rate, ==, 8);
  g_assert_cmpuint (options->profile->timeout, ==, 9);
  g_assert_cmpuint (options->profile->host_timeout, ==, 90000);
  g_assert_true (options->profile->resolve_all);
  g_assert_cmpint (options->profile->max_retries, ==, 0);
  g_assert_false (options->profile->reverse_dns);
  g_assert_false (options->profile->discovery);
  g_assert_true (options->profile->open_only);
  g_assert_true (options->quiet);
  g_assert_cmpint (options->flags, ==, ROAD_FORMAT_FLAGS_REASON);
  g_assert_cmpuint (options->outputs->len, ==, 0);
}

/* Losing this: a plain “roadstead-cli HOST” does not do what everybody expects. */
static void
test_defaults (void)
{
  g_autoptr (RoadCliOptions) options = parse ("localhost", NULL);
  RoadProfile *profile = options->profile;

  g_assert_cmpuint (road_port_set_get_n_ports (profile->ports), ==, 1000);
  g_assert_null (profile->exclude_ports);
  g_assert_null (profile->exclude_targets);
  g_assert_cmpint (profile->family, ==, ROAD_FAMILY_ANY);
  g_assert_cmpuint (profile->max_parallelism, ==, 0);
  g_assert_cmpuint (profile->max_rate, ==, 0);
  g_assert_cmpuint (profile->timeout, ==, 0);
  g_assert_cmpuint (profile->host_timeout, ==, 0);
  g_assert_false (profile->resolve_all);
  g_assert_false (road_profile_get_only_discovers (profile));
  g_assert_cmpint (profile->max_retries, ==, -1);
  g_assert_true (profile->reverse_dns);
  g_assert_true (profile->discovery);
  g_assert_false (profile->open_only);
  g_assert_false (options->quiet);
  g_assert_cmpuint (options->outputs->len, ==, 1);
  g_assert_null (g_array_index (options->outputs, RoadCliOutput, 0).file);
  g_assert_cmpint (g_array_index (options->outputs, RoadCliOutput, 0).format, ==, ROAD_FORMAT_TEXT);
}

/* Losing this: ports that nmap's users type are taken for something else. */
static void
test_ports (void)
{
  static const struct
  {
    const char *line;
    guint n_ports;
  } table[] = {
    { "-p-|h", 65535 },         { "-p|-|h", 65535 },
    { "--ports=-|h", 65535 },   { "-p-100|h", 100 },
    { "-p|-100|h", 100 },       { "-p65000-|h", 536 },
    { "-pT:22|h", 1 },          { "h|-p|22,80", 2 },
    { "--top-ports|10|h", 10 }, { "--top-ports=1000|h", 1000 },
    { "-ptop:5|h", 5 },         { "-F|h", 100 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadCliOptions) options = parse (table[i].line, &error);

      g_test_message ("%s", table[i].line);
      g_assert_no_error (error);
      g_assert_cmpuint (road_port_set_get_n_ports (options->profile->ports), ==, table[i].n_ports);
    }
}

/* Losing this: reports land in other files or formats than was said. Each format is a letter, in
 * capital for stdout. */
static void
test_outputs (void)
{
  static const char letters[ROAD_N_FORMATS] = {
    [ROAD_FORMAT_TEXT] = 't',     [ROAD_FORMAT_JSON] = 'j', [ROAD_FORMAT_XML] = 'x',
    [ROAD_FORMAT_GREPABLE] = 'g', [ROAD_FORMAT_CSV] = 'c',  [ROAD_FORMAT_HTML] = 'p',
  };
  static const struct
  {
    const char *line;
    const char *outputs;
  } table[] = {
    { "h", "T" },
    { "-q|h", "" },
    { "-oa.json|h", "jT" },
    { "-o|a.json|-o|b.txt|h", "jtT" },
    { "-q|-o|a.json|-o|b.txt|h", "jt" },
    { "-o|-|h", "T" },
    { "-o|-|--format|json|h", "J" },
    { "--format|json|h", "J" },
    { "--format|json|-o|report|h", "jT" },
    { "--format|json|-o|report|-q|h", "j" },
    { "--format|json|-o|a.txt|-o|-|h", "tJ" },
    { "-q|-o|-|h", "T" },
    { "-o|a.xml|-o|b.gnmap|-o|c.csv|h", "xgcT" },
    { "-o|-|--format|xml|h", "X" },
    { "-o|-|--format|grepable|h", "G" },
    { "-o|-|--format|csv|h", "C" },
    { "-o|a.html|-o|-|--format|html|h", "pP" },
    { "-oX|a|h", "xT" },
    { "-oX|-|h", "X" },
    { "-oN|a|-oG|-|h", "tG" },
    { "h|-oA|b", "txgT" },
    { "-q|-oA|b|-oX|c.txt|-o|d.json|h", "jxtxg" },
    { "-oreport.json|h", "jT" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadCliOptions) options = parse (table[i].line, &error);
      g_autoptr (GString) outputs = g_string_new (NULL);

      g_assert_no_error (error);
      for (guint j = 0; j < options->outputs->len; j++)
        {
          RoadCliOutput *output = &g_array_index (options->outputs, RoadCliOutput, j);
          char letter = letters[output->format];

          g_string_append_c (outputs, output->file == NULL ? g_ascii_toupper (letter) : letter);
        }
      g_test_message ("%s", table[i].line);
      g_assert_cmpstr (outputs->str, ==, table[i].outputs);
    }
}

/* Losing this: what nmap's users type does something else, or nothing. */
static void
test_nmap (void)
{
  static const struct
  {
    const char *spelling;
    RoadTiming timing;
  } timings[] = {
    { "-T2", ROAD_TIMING_POLITE },         { "-T3", ROAD_TIMING_NORMAL },
    { "-T4", ROAD_TIMING_FAST },           { "-T|5", ROAD_TIMING_FAST },
    { "-T|aggressive", ROAD_TIMING_FAST }, { "-Tfast", ROAD_TIMING_FAST },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadCliOptions) options = parse ("-sT|-Pn|-n|-p80|bücher.example", &error);
  g_autoptr (RoadCliOptions) version = NULL;

  g_assert_no_error (error);
  g_assert_false (options->profile->discovery);
  g_assert_false (options->profile->reverse_dns);
  g_assert_cmpstr (road_target_spec_get_text (options->targets), ==, "bücher.example");

  version = parse ("-V", &error);
  g_assert_no_error (error);
  g_assert_true (version->version);

  for (gsize i = 0; i < G_N_ELEMENTS (timings); i++)
    {
      g_autofree char *line = g_strconcat (timings[i].spelling, "|host", NULL);
      g_autoptr (RoadCliOptions) with_timing = parse (line, &error);

      g_assert_no_error (error);
      g_assert_cmpint (with_timing->profile->timing, ==, timings[i].timing);
    }
}

/* Losing this: a target that begins with a dash cannot be given, or options end too early. */
static void
test_separator (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadCliOptions) options = parse ("-p22|--|10.0.0.1|10.0.0.2", &error);
  g_autoptr (RoadCliOptions) version = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (road_target_spec_get_n_targets (options->targets), ==, 2);

  version = parse ("--version", &error);
  g_assert_no_error (error);
  g_assert_true (version->version);
}

/* What is wrong with a file is said with its name and the place. */
static void
check_bad_files (const char *path, const char *line)
{
  static const struct
  {
    const char *text;
    gssize length;
    const char *words[2];
  } table[] = {
    { "10.0.0.1\n10.0.0.2 10.0.0.0/33\n", -1, { "line 2, column 19", "/33" } },
    { "10.0.0.1\n10.0.0.2\n1\0\n10.0.0.3\n", 22, { "line 3, column 2", "NUL" } },
    { "# nothing\n", -1, { "no targets", "" } },
    { "10.0.0.\x1b[2J\n", -1, { "line 1, column 8", "“\\027”" } },
  };
  g_autoptr (RoadCliOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_file_set_contents (path, table[i].text, table[i].length, NULL);
      options = parse (line, &error);
      g_assert_null (options);
      g_test_message ("%s", error->message);
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX);
      g_assert_nonnull (strstr (error->message, path));
      for (gsize j = 0; j < G_N_ELEMENTS (table[i].words); j++)
        g_assert_nonnull (strstr (error->message, table[i].words[j]));
      g_clear_error (&error);
    }

  g_unlink (path);
  options = parse (line, &error);
  g_assert_null (options);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, path));
}

/* Losing this: a list of targets in a file is read wrongly, or its faults are not told. */
static void
test_input_file (void)
{
  g_autofree char *path = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadCliOptions) options = NULL;
  int fd = g_file_open_tmp ("roadstead-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, "10.0.0.1 # one\n\n#10.0.0.9\n10.0.0.2-5\n", -1, &error);
  g_assert_no_error (error);
  line = g_strdup_printf ("-i%s|10.0.0.7", path);
  options = parse (line, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (road_target_spec_get_n_targets (options->targets), ==, 6);
  g_clear_pointer (&options, road_cli_options_free);

  g_free (line);
  line = g_strdup_printf ("-iL|%s|10.0.0.7|--exclude|10.0.0.1|--exclude-file|%s|--excludefile=%s",
                          path, path, path);
  options = parse (line, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (road_target_spec_get_n_targets (options->targets), ==, 6);
  g_assert_cmpuint (road_target_spec_get_n_targets (options->profile->exclude_targets), ==, 11);
  g_clear_pointer (&options, road_cli_options_free);

  g_free (line);
  line = g_strdup_printf ("--exclude-file|%s|10.0.0.7", path);
  check_bad_files (path, line);
  g_free (line);
  line = g_strdup_printf ("-i|%s|10.0.0.7", path);
  check_bad_files (path, line);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli-options/bad", test_bad);
  g_test_add_func ("/cli-options/good", test_good);
  g_test_add_func ("/cli-options/defaults", test_defaults);
  g_test_add_func ("/cli-options/ports", test_ports);
  g_test_add_func ("/cli-options/no-ports", test_no_ports);
  g_test_add_func ("/cli-options/outputs", test_outputs);
  g_test_add_func ("/cli-options/nmap", test_nmap);
  g_test_add_func ("/cli-options/separator", test_separator);
  g_test_add_func ("/cli-options/input-file", test_input_file);

  return g_test_run ();
}
