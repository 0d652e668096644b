/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <locale.h>

#include "comparison-fixture.h"
#include "formats/compare/road-comparison-words.h"
#include "formats/compare/road-comparison-writer.h"

#define BEFORE                                                                                     \
  "10.0.0.0/24 ports=1-100 unlisted=252; 10.0.0.1 up ptr=nas.lan open=22,80 closed=1-21,23-79; "   \
  "10.0.0.2 up open=22; 10.0.0.3 up open=53"
#define AFTER                                                                                      \
  "10.0.0.0/16 ports=1-90 unlisted=252; 10.0.0.1 up ptr=nas.lan open=22 closed=80 "                \
  "filtered=1-21,23-79; 10.0.0.3 up open=53; 10.0.0.9 up open=22,23; 10.0.7.7 up open=1"

static RoadComparison *
compare (const char *before_text, const char *after_text)
{
  g_autoptr (RoadReport) before = parse_report (before_text);
  g_autoptr (RoadReport) after = parse_report (after_text);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) then = g_date_time_new (utc, 2026, 10, 3, 12, 0, 0);
  g_autoptr (GDateTime) now = g_date_time_new (utc, 2026, 11, 20, 9, 30, 0);

  road_report_set_started (before, then);
  road_report_set_started (after, now);

  return road_comparison_new (before, after, ROAD_COMPARE_FLAGS_NONE);
}

static char *
write_comparison (RoadComparison *comparison, RoadFormat format, gboolean all)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  road_comparison_write (comparison, format, all, stream, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* Losing this: who reads what changed reads something else, or cannot tell new from gone. */
static void
test_text (void)
{
  g_autoptr (RoadComparison) comparison = compare (BEFORE, AFTER);
  g_autofree char *text = write_comparison (comparison, ROAD_FORMAT_TEXT, FALSE);

  g_assert_cmpstr (text, ==,
                   "--- 10.0.0.0/24, 3 October 2026, 12:00\n"
                   "+++ 10.0.0.0/16, 20 November 2026, 09:30\n"
                   "\n"
                   "~ nas.lan (10.0.0.1): up\n"
                   "  - 80/tcp     open → closed        http\n"
                   "  ~ 78 ports  closed → filtered  1-21,23-79\n"
                   "\n"
                   "- 10.0.0.2: up → down\n"
                   "  - 22/tcp     open → host down     ssh\n"
                   "\n"
                   "+ 10.0.0.9: down → up\n"
                   "  + 22/tcp     host down → open     ssh\n"
                   "  + 23/tcp     host down → open     telnet\n"
                   "\n"
                   "Since 3 October 2026: 1 new host, 1 host gone, 2 newly open ports, 2 ports no "
                   "longer open, 78 ports otherwise changed.\n"
                   "Not compared because only one of the scans covered them: 1 host.\n");
}

/* Losing this: what is the same, or was not compared, cannot be asked for. */
static void
test_text_all (void)
{
  g_autoptr (RoadComparison) comparison = compare (BEFORE, AFTER);
  g_autofree char *text = write_comparison (comparison, ROAD_FORMAT_TEXT, TRUE);

  g_assert_nonnull (
      strstr (text, "\n= 10.0.0.3: up\n  = 53/tcp     open                 domain\n"));
  g_assert_nonnull (strstr (text, "\n? 10.0.7.7: not scanned → up\n"
                                  "  ? 1/tcp      not scanned → open   tcpmux\n"));
}

/* Losing this: a host's name from its DNS moves the cursor, or forges a line. */
static void
test_text_is_safe (void)
{
  g_autoptr (RoadReport) before = parse_report ("10.0.0.1; 10.0.0.1 up open=22");
  g_autoptr (RoadReport) after = parse_report ("10.0.0.1; 10.0.0.1 up closed=22");
  g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (after), 0);
  g_autoptr (RoadComparison) comparison = NULL;
  g_autofree char *text = NULL;

  road_host_set_ptr_name (host, "a\033[2J\n+ 10.9.9.9: up");
  comparison = road_comparison_new (before, after, ROAD_COMPARE_FLAGS_NONE);
  text = write_comparison (comparison, ROAD_FORMAT_TEXT, FALSE);

  g_assert_null (strchr (text, '\033'));
  g_assert_null (strstr (text, "\n+ 10.9.9.9"));
  g_assert_nonnull (strstr (text, "a\\027[2J\\010+ 10.9.9.9"));
}

/* Losing this: a service that was updated, or exchanged, goes unnoticed. */
static void
test_versions (void)
{
  g_autoptr (RoadReport) before = parse_report ("10.0.0.1; 10.0.0.1 up open=22,25,80");
  g_autoptr (RoadReport) after = parse_report ("10.0.0.1; 10.0.0.1 up open=22,25,80");
  g_autoptr (RoadHost) host_before = g_list_model_get_item (G_LIST_MODEL (before), 0);
  g_autoptr (RoadHost) host_after = g_list_model_get_item (G_LIST_MODEL (after), 0);
  g_autoptr (RoadComparison) comparison = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;

  road_host_set_service (host_before, 22, "ssh", "OpenSSH 9.2");
  road_host_set_service (host_before, 80, "http", "nginx 1.22");
  road_host_set_service (host_after, 22, "ssh", "OpenSSH 9.6");
  road_host_set_service (host_after, 80, "http", "nginx 1.22");
  road_host_set_service (host_after, 25, "smtp", "Postfix");
  comparison = road_comparison_new (before, after, ROAD_COMPARE_FLAGS_NONE);
  text = write_comparison (comparison, ROAD_FORMAT_TEXT, FALSE);
  json = write_comparison (comparison, ROAD_FORMAT_JSON, FALSE);

  g_assert_cmpuint (road_comparison_get_n_ports (comparison, ROAD_CHANGE_OTHER), ==, 1);
  g_assert_cmpuint (road_comparison_get_n_ports (comparison, ROAD_CHANGE_NONE), ==, 2);
  g_assert_nonnull (
      strstr (text, "  ~ 22/tcp     open                 ssh  OpenSSH 9.2 → OpenSSH 9.6\n"));
  g_assert_null (strstr (text, "Postfix"));
  g_assert_nonnull (
      strstr (json, "\"after\": {\"state\": \"open\", \"version\": \"OpenSSH 9.6\"}"));
}

static void
add_certificate (RoadHost *host, guint16 port, const char *subject, const char *expires)
{
  g_autofree char *note =
      g_strdup_printf ("Subject: commonName=%s\nNot valid after:  %s", subject, expires);

  road_host_add_note (host, port, ROAD_NOTE_CERTIFICATE, note);
}

/* Losing this: nobody is told that a certificate was renewed or exchanged, or that something else answers; or that
 * all is new, as only one of the scans asked. */
static void
test_services (void)
{
  g_autoptr (RoadReport) before = parse_report ("10.0.0.1; 10.0.0.1 up open=21,443,444,445,80");
  g_autoptr (RoadReport) after = parse_report ("10.0.0.1; 10.0.0.1 up open=21,443,444,445,80");
  g_autoptr (RoadHost) host_before = g_list_model_get_item (G_LIST_MODEL (before), 0);
  g_autoptr (RoadHost) host_after = g_list_model_get_item (G_LIST_MODEL (after), 0);
  g_autoptr (RoadComparison) comparison = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;

  road_host_set_service (host_before, 21, "telnet", NULL);
  road_host_set_service (host_after, 21, "ssh\033[2J", NULL);
  road_host_set_service (host_after, 80, "http", "nginx 1.22");
  add_certificate (host_before, 443, "nas", "2026-01-01T00:00:00");
  add_certificate (host_after, 443, "nas", "2027-01-01T00:00:00");
  add_certificate (host_before, 444, "nas", "2026-01-01T00:00:00");
  add_certificate (host_after, 444, "gate", "2027-01-01T00:00:00");
  add_certificate (host_before, 445, "nas", "2026-01-01T00:00:00");
  add_certificate (host_after, 445, "nas", "2026-01-01T00:00:00");
  comparison = road_comparison_new (before, after, ROAD_COMPARE_FLAGS_NONE);
  text = write_comparison (comparison, ROAD_FORMAT_TEXT, FALSE);
  json = write_comparison (comparison, ROAD_FORMAT_JSON, FALSE);

  g_assert_cmpuint (road_comparison_get_n_ports (comparison, ROAD_CHANGE_OTHER), ==, 3);
  g_assert_cmpuint (road_comparison_get_n_ports (comparison, ROAD_CHANGE_NONE), ==, 2);
  g_assert_nonnull (strstr (text, "  telnet → ssh\\027[2J\n"));
  g_assert_nonnull (
      strstr (text, "  ~ 443/tcp    open                 https  certificate renewed\n"));
  g_assert_nonnull (strstr (text, "  another certificate\n"));
  g_assert_nonnull (strstr (json, "\"service_changes\": [\"service\"]"));
  g_assert_nonnull (strstr (json, "\"service_changes\": [\"certificate-renewed\"]"));
  g_assert_nonnull (strstr (json, "\"service_changes\": [\"certificate\"]"));
}

static JsonObject *
get_host (JsonObject *root, guint index)
{
  return json_array_get_object_element (json_object_get_array_member (root, "hosts"), index);
}

/* Losing this: a program that reads the comparison does not find what the page on it promises. */
static void
test_json (void)
{
  g_autoptr (RoadComparison) comparison = compare (BEFORE, AFTER);
  g_autofree char *text = write_comparison (comparison, ROAD_FORMAT_JSON, FALSE);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *root, *host, *port, *group, *summary;

  g_assert_nonnull (node);
  root = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (root, "format"), ==, "roadstead-comparison");
  g_assert_cmpint (json_object_get_int_member (root, "version"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (root, "before"),
                                                  "targets"),
                   ==, "10.0.0.0/24");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "hosts")), ==, 3);

  host = get_host (root, 0);
  g_assert_cmpstr (json_object_get_string_member (host, "address"), ==, "10.0.0.1");
  g_assert_cmpstr (json_object_get_string_member (host, "name"), ==, "nas.lan");
  g_assert_cmpstr (json_object_get_string_member (host, "change"), ==, "changed");
  port = json_array_get_object_element (json_object_get_array_member (host, "ports"), 0);
  g_assert_cmpint (json_object_get_int_member (port, "port"), ==, 80);
  g_assert_cmpstr (json_object_get_string_member (port, "change"), ==, "gone");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (port, "after"),
                                                  "state"),
                   ==, "closed");
  group = json_array_get_object_element (json_object_get_array_member (host, "unlisted"), 0);
  g_assert_cmpint (json_object_get_int_member (group, "count"), ==, 78);
  g_assert_cmpstr (json_object_get_string_member (group, "ports"), ==, "1-21,23-79");
  g_assert_cmpstr (json_object_get_string_member (get_host (root, 1), "change"), ==, "gone");

  summary = json_object_get_object_member (root, "summary");
  g_assert_false (json_object_get_boolean_member (summary, "same"));
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (summary, "hosts"),
                                               "not-compared"),
                   ==, 1);
}

/* Losing this: the sentence above a comparison says something wrong, or nothing at all. */
static void
test_words (void)
{
  static const struct
  {
    const char *before;
    const char *after;
    const char *summary;
    const char *rest;
  } cases[] = {
    { "10.0.0.1; 10.0.0.1 up open=22", "10.0.0.1; 10.0.0.1 up open=22",
      "No differences since 3 October 2026.", NULL },
    { "web.lan; 10.0.0.1 up name=web.lan open=22", "web.lan; 10.0.0.2 up name=web.lan open=22",
      "Since 3 October 2026: 1 host at a different address.", NULL },
    { "10.0.0.1 ports=22; 10.0.0.1 up open=22", "10.0.0.1 ports=22,23; 10.0.0.1 up open=22,23",
      "No differences since 3 October 2026.",
      "Not compared because only one of the scans covered them: 1 open port." },
    { "10.0.0.1; 10.0.0.1 up open=22", "10.0.0.2; 10.0.0.2 up open=22",
      "No differences since 3 October 2026.",
      "Not compared because only one of the scans covered them: 2 hosts." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadComparison) comparison = compare (cases[i].before, cases[i].after);
      g_autofree char *summary = road_comparison_words_summary (comparison);
      g_autofree char *rest = road_comparison_words_rest (comparison);

      g_assert_cmpstr (summary, ==, cases[i].summary);
      g_assert_cmpstr (rest, ==, cases[i].rest);
    }
}

/* Losing this: of two scans on one day nobody knows which one is meant. */
static void
test_same_day (void)
{
  g_autoptr (RoadReport) report = parse_report ("10.0.0.1 status=stopped; 10.0.0.1 up open=22");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) then = g_date_time_new (utc, 2026, 10, 3, 12, 5, 0);
  g_autoptr (RoadComparison) comparison = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *line = NULL;

  road_report_set_started (report, then);
  comparison = road_comparison_new (report, report, ROAD_COMPARE_FLAGS_NONE);
  summary = road_comparison_words_summary (comparison);
  line = road_comparison_words_report (comparison, ROAD_AFTER);

  g_assert_cmpstr (summary, ==, "No differences since 3 October 2026, 12:05.");
  g_assert_cmpstr (line, ==, "10.0.0.1, 3 October 2026, 12:05, stopped early");
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *saved = user_data;
  g_autoptr (GError) error = NULL;

  *saved = road_comparison_save_finish (result, &error);
  g_assert_no_error (error);
}

/* Losing this: what is saved from the window is not what was on the screen. */
static void
test_save (void)
{
  g_autoptr (RoadComparison) comparison = compare (BEFORE, AFTER);
  g_autofree char *expected = write_comparison (comparison, ROAD_FORMAT_JSON, TRUE);
  g_autofree char *folder = g_dir_make_tmp ("roadstead-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "comparison.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gboolean saved = FALSE;

  road_comparison_save_async (comparison, ROAD_FORMAT_JSON, TRUE, file, NULL, on_saved, &saved);
  while (!saved)
    g_main_context_iteration (NULL, TRUE);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);

  g_assert_true (road_comparison_save (comparison, ROAD_FORMAT_TEXT, FALSE, file, NULL, &error));
  g_assert_no_error (error);

  g_file_delete (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char *argv[])
{
  /* The dates below are those of this zone and language. */
  g_setenv ("TZ", "UTC", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/comparison-format/text", test_text);
  g_test_add_func ("/comparison-format/text-all", test_text_all);
  g_test_add_func ("/comparison-format/text-is-safe", test_text_is_safe);
  g_test_add_func ("/comparison-format/versions", test_versions);
  g_test_add_func ("/comparison-format/services", test_services);
  g_test_add_func ("/comparison-format/json", test_json);
  g_test_add_func ("/comparison-format/words", test_words);
  g_test_add_func ("/comparison-format/same-day", test_same_day);
  g_test_add_func ("/comparison-format/save", test_save);

  return g_test_run ();
}
