/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../unit/slowness.h"
#include "ui/print/road-print-rows.h"
#include "ui/print/road-print.h"

#include <glib/gstdio.h>
#include <string.h>
#include <time.h>

/* How many steps of a print are measured, and how much time of the processor each may take. */
#define N_STEPS 30
#define MAX_STEP_MS 100.0

/* Reports on paper. */

static void
add_host (GPtrArray *hosts, guint n, guint n_open)
{
  g_autofree char *text = g_strdup_printf ("10.0.%u.%u", n / 256, n % 256);
  RoadAddress address;
  RoadHost *host;

  g_assert_true (road_address_parse (&address, text));
  host = road_host_new (&address, NULL, NULL);
  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  for (guint i = 0; i < n_open; i++)
    {
      const RoadPortResult result = { .port = (guint16) (22 + i),
                                      .state = ROAD_PORT_OPEN,
                                      .reason = ROAD_REASON_SYN_ACK,
                                      .latency_us = 1200 };

      road_host_add_results (host, &result, 1);
    }
  if (n_open > 0)
    road_host_set_service (host, 22, "ssh", "OpenSSH 9.2p1 <Debian>");
  road_host_set_done (host);
  g_ptr_array_add (hosts, host);
}

static RoadReport *
make_report (guint n_hosts, guint n_open, const char *port_list)
{
  g_autoptr (RoadPortSet) ports = road_port_set_parse (port_list, NULL);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RoadProfile) profile = road_profile_new ("ports", ports, NULL);
  g_autoptr (GDateTime) started = g_date_time_new_utc (2026, 10, 1, 12, 0, 0);
  RoadReport *report = road_report_new ("10.0.0.0/16", profile);

  road_report_set_started (report, started);
  road_report_set_n_targets (report, 65536);
  for (guint i = 0; i < n_hosts; i++)
    add_host (hosts, i, n_open);
  road_report_add_hosts (report, hosts);
  road_report_add_problem (report, "Too many open files");
  road_report_finish (report, ROAD_REPORT_STOPPED, NULL, 12.5);

  return report;
}

/* Prints to a file. Returns: the number of pages */
static int
export_pages (RoadReport *report, gsize *size)
{
  g_autoptr (GtkPrintOperation) operation = road_print_new (report);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("roadstead-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "report.pdf", NULL);
  g_autofree char *contents = NULL;
  int n_pages;

  g_assert_no_error (error);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL,
                                            &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_object_get (operation, "n-pages", &n_pages, NULL);

  g_assert_true (g_file_get_contents (path, &contents, size, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (contents, "%PDF-"));

  g_unlink (path);
  g_rmdir (folder);

  return n_pages;
}

/* Losing this: a report cannot be given to somebody on paper, or its later pages are missing. */
static void
test_pages (void)
{
  g_autoptr (RoadReport) none = make_report (0, 0, "1-65535");
  g_autoptr (RoadReport) few = make_report (3, 2, "22-23");
  g_autoptr (RoadReport) many = make_report (300, 3, "22-24");
  gsize small, large;
  int n_pages;

  g_assert_cmpint (export_pages (none, &small), ==, 1);
  g_assert_cmpint (export_pages (few, &small), ==, 1);
  n_pages = export_pages (many, &large);
  g_assert_cmpint (n_pages, >, 10);
  g_assert_cmpint (n_pages, <, 60);
  g_assert_cmpuint (large, >, small + 10000);
}

/* Losing this: of many targets or ports, those that do not fit on a page are missing. */
static void
test_long_facts (void)
{
  g_autoptr (GString) list = g_string_new ("1");
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (RoadPrintRows) rows = NULL;
  g_autoptr (GString) together = g_string_new (NULL);

  for (guint port = 3; port < 20000; port += 2)
    g_string_append_printf (list, ",%u", port);
  report = make_report (1, 1, list->str);
  rows = road_print_rows_new (report);
  for (guint i = 0; i < road_print_rows_get_n_rows (rows); i++)
    {
      g_autoptr (RoadPrintRow) row = road_print_rows_make (rows, i);

      g_assert_cmpuint (strlen (row->cells[0]), <, 2000);
      if (row->kind != ROAD_PRINT_FACT)
        continue;
      g_assert_cmpuint (strlen (row->cells[1]), <, 2000);
      if (g_str_equal (row->cells[0], "Ports") || *row->cells[0] == '\0')
        g_string_append (together, row->cells[1]);
    }
  g_string_replace (list, ",", ", ", 0);
  g_string_prepend (list, "10000: ");
  g_assert_cmpstr (together->str, ==, list->str);
}

/* The cells of a row, with "|" between them. */
static char *
format_row (const RoadPrintRow *row)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ROAD_PRINT_N_CELLS && row->cells[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", row->cells[i]);

  return g_string_free (text, FALSE);
}

/* Losing this: the paper does not say what was scanned, that the scan was stopped, or which ports are open. */
static void
test_rows (void)
{
  static const struct
  {
    RoadPrintKind kind;
    const char *text;
  } expected[] = {
    { ROAD_PRINT_TITLE, "Scan of 10.0.0.0/16" },
    { ROAD_PRINT_TEXT, "Stopped · 2 hosts up · 65534 not scanned · 2 open ports" },
    { ROAD_PRINT_FACT, "Duration|13 s" },
    { ROAD_PRINT_FACT, "Targets|10.0.0.0/16" },
    { ROAD_PRINT_FACT, "Addresses|65536" },
    { ROAD_PRINT_FACT, "Ports|1: 22" },
    { ROAD_PRINT_TEXT, "Too many open files" },
    { ROAD_PRINT_HOST, "10.0.0.0|up · 1 open" },
    { ROAD_PRINT_PORT, "22|ssh|OpenSSH 9.2p1 <Debian>|1.2 ms" },
    { ROAD_PRINT_HOST, "10.0.0.1|up · 1 open" },
  };
  g_autoptr (RoadReport) report = make_report (2, 1, "22");
  g_autoptr (RoadPrintRows) rows = road_print_rows_new (report);
  guint found = 0;

  for (guint i = 0; i < road_print_rows_get_n_rows (rows) && found < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (RoadPrintRow) row = road_print_rows_make (rows, i);
      g_autofree char *text = format_row (row);

      g_test_message ("%d: %s", row->kind, text);
      found += row->kind == expected[found].kind && g_str_equal (text, expected[found].text);
    }

  if (found < G_N_ELEMENTS (expected))
    g_error ("No row “%s”", expected[found].text);
}

static RoadReport *
make_huge_report (void)
{
  RoadReport *report = make_report (8, 0, "1-65535");
  g_autofree RoadPortResult *results = g_new0 (RoadPortResult, 65535);

  for (guint i = 0; i < 65535; i++)
    results[i] = (RoadPortResult){ .port = (guint16) (i + 1),
                                   .state = ROAD_PORT_OPEN,
                                   .reason = ROAD_REASON_SYN_ACK,
                                   .latency_us = 1200 };
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (report)); i++)
    {
      g_autoptr (RoadHost) host = g_list_model_get_item (G_LIST_MODEL (report), i);

      road_host_add_results (host, results, 65535);
    }

  return report;
}

static double
get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

typedef struct
{
  GtkPrintOperation *operation;
  guint n;
  double last; /* when it ended */
  double longest;
} Steps;

/* In turns with the steps of the operation, which has the same priority. */
static gboolean
on_step (gpointer user_data)
{
  Steps *steps = user_data;
  const double now = get_processor_time ();

  steps->longest = MAX (steps->longest, now - steps->last);
  steps->last = now;
  if (++steps->n < N_STEPS)
    return G_SOURCE_CONTINUE;
  gtk_print_operation_cancel (steps->operation);

  return G_SOURCE_REMOVE;
}

/* Losing this: printing a report with half a million open ports stops the window for seconds. */
static void
test_steps (void)
{
  g_autoptr (RoadReport) report = make_huge_report ();
  g_autoptr (GtkPrintOperation) operation = road_print_new (report);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("roadstead-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "report.pdf", NULL);
  Steps steps = { .operation = operation, .last = get_processor_time () };

  g_assert_no_error (error);
  gtk_print_operation_set_export_filename (operation, path);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE + 10, on_step, &steps, NULL);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);

  g_test_message ("the longest of %u steps: %.1f ms", steps.n, steps.longest);
  g_assert_cmpuint (steps.n, >=, N_STEPS);
  g_assert_cmpfloat (steps.longest, <=, MAX_STEP_MS * (double) get_slowness ());

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/print/rows", test_rows);
  g_test_add_func ("/print/long-facts", test_long_facts);
  g_test_add_func ("/print/pages", test_pages);
  g_test_add_func ("/print/steps", test_steps);

  return g_test_run ();
}
