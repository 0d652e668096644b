/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "engine/base/road-error.h"
#include "store/journal/road-interrupted-scan.h"
#include "store/journal/road-journal-hosts.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("roadstead-journal-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "scan.journal", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static GVariant *
new_number (double number)
{
  return road_record_new_time (number);
}

static void
append (RoadJournalFile *file, double number)
{
  g_autoptr (GByteArray) records = g_byte_array_new ();

  road_journal_file_add (records, new_number (number));
  g_assert_true (road_journal_file_append (file, records, NULL));
}

/* Returns how many records the file has; their numbers must count from 0. */
static guint
count (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadJournalFile) file = road_journal_file_open (path, FALSE, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (;; n++)
    {
      g_autoptr (GVariant) record = NULL;
      double number;

      g_assert_true (road_journal_file_read (file, &record, NULL));
      if (record == NULL)
        return n;
      g_assert_true (road_record_get_time (record, &number));
      g_assert_cmpfloat (number, ==, n);
    }
}

static void
write_numbers (const char *path, guint n)
{
  g_autoptr (RoadJournalFile) file = road_journal_file_create (path, NULL);

  g_assert_nonnull (file);
  for (guint i = 0; i < n; i++)
    append (file, i);
}

/* Losing this: a journal whose last record was cut off, wherever, loses others, too; or half of one is taken
 * for a whole one. */
static void
test_torn (Fixture *fixture, gconstpointer data)
{
  g_autofree char *whole = NULL;
  gsize length, record;

  write_numbers (fixture->path, 3);
  g_assert_cmpuint (count (fixture->path), ==, 3);
  g_assert_true (g_file_get_contents (fixture->path, &whole, &length, NULL));
  record = (length - strlen ("roadstead-journal 1\n")) / 3;

  for (gsize cut = 1; cut <= record; cut++)
    {
      g_assert_true (g_file_set_contents (fixture->path, whole, (gssize) (length - cut), NULL));
      g_assert_cmpuint (count (fixture->path), ==, 2);
    }

  for (gsize i = length - record; i < length; i++)
    {
      g_autofree char *flipped = g_memdup2 (whole, length);

      flipped[i] ^= 1;
      g_assert_true (g_file_set_contents (fixture->path, flipped, (gssize) length, NULL));
      g_assert_cmpuint (count (fixture->path), ==, 2);
    }
}

/* Losing this: what is written after a torn record cannot be read. */
static void
test_go_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoadJournalFile) file = NULL;
  struct stat status;

  write_numbers (fixture->path, 3);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (truncate (fixture->path, status.st_size - 1), ==, 0);

  file = road_journal_file_open (fixture->path, TRUE, NULL);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GVariant) record = NULL;

      g_assert_true (road_journal_file_read (file, &record, NULL));
      g_assert_true ((record != NULL) == (i < 2));
    }
  append (file, 2);
  append (file, 3);
  g_clear_pointer (&file, road_journal_file_free);
  g_assert_cmpuint (count (fixture->path), ==, 4);
}

/* Losing this: two programs continue the same scan. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoadJournalFile) file = NULL;
  g_autoptr (RoadJournalFile) other = NULL;
  g_autoptr (GError) error = NULL;

  file = road_journal_file_create (fixture->path, NULL);
  g_assert_nonnull (file);
  append (file, 0);
  other = road_journal_file_open (fixture->path, TRUE, &error);
  g_assert_null (other);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
}

/* Returns the names of the files in the folder, and a space after each. */
static char *
list_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_string_append_printf (names, "%s ", name);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* Losing this: who is killed before the first record is told of a journal that cannot be continued. */
static void
test_begin (Fixture *fixture, gconstpointer data)
{
  for (guint n_records = 0; n_records < 3; n_records++)
    {
      g_autoptr (RoadJournalFile) file = road_journal_file_create (fixture->path, NULL);
      g_autofree char *names = NULL;

      for (guint i = 0; i < n_records; i++)
        append (file, i);
      names = list_files (fixture);
      g_assert_true (g_str_equal (names, "scan.journal ") == (n_records > 0));
      g_clear_pointer (&file, road_journal_file_free);
      g_assert_true (n_records == 0 || count (fixture->path) == n_records);
      g_unlink (fixture->path);
    }

  /* And without a record it leaves nothing. */
  road_journal_file_free (road_journal_file_create (fixture->path, NULL));
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
}

/* Losing this: what those who were killed leave behind fills the folder, or a scan that has just begun loses its
 * journal to another. There is such a file only where all files have names. */
static void
test_leftover (Fixture *fixture, gconstpointer data)
{
  g_autofree char *left = g_build_filename (fixture->folder, ".roadstead-Abc123", NULL);
  g_autofree char *busy = g_build_filename (fixture->folder, ".roadstead-Def456", NULL);
  g_autofree char *names = NULL;
  int fd;

  g_assert_true (g_file_set_contents (left, "roadstead-journal 1\n", -1, NULL));
  g_assert_true (g_file_set_contents (busy, "roadstead-journal 1\n", -1, NULL));
  fd = g_open (busy, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);

  road_interrupted_scan_prune (fixture->folder, 9);
  names = list_files (fixture);
  g_assert_cmpstr (names, ==, ".roadstead-Def456 ");

  close (fd);
  g_assert_null (road_interrupted_scan_find_last (fixture->folder, "cli"));
  g_assert_cmpint (g_unlink (busy), ==, -1);
}

/* Losing this: somebody cleans up the state folder, and all that comes after is lost. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoadJournalFile) file = road_journal_file_create (fixture->path, NULL);

  append (file, 0);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  append (file, 1);
  append (file, 2);
  g_clear_pointer (&file, road_journal_file_free);
  g_assert_cmpuint (count (fixture->path), ==, 3);
}

/* Losing this: a file that is no journal is misread. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  /* The first ones were cut off before their first record; the sentence says what to do. */
  static const char *const texts[] = {
    "", "road", "roadstead-journal 1\n", "roadstead-journal 1\n\x10", "roadstead-journal 2\n", "{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RoadInterruptedScan) scan = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      scan = road_interrupted_scan_open (fixture->path, &error);
      g_assert_null (scan);
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, fixture->path));
      g_assert_true ((strstr (error->message, "begin the scan again") != NULL) == (i < 4));
    }
}

static RoadHost *
make_host (const char *text)
{
  static const char *const others[] = { "192.0.2.77", NULL };
  RoadAddress address;
  RoadHost *host;

  g_assert_true (road_address_parse (&address, text));
  host = road_host_new (&address, "nas.example", others);
  road_host_add_user_name (host, "backup.example");
  road_host_set_ptr_name (host, "ptr.example");
  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  road_host_set_latency (host, 1234);
  road_host_set_index (host, 42);

  return host;
}

static GArray *
make_results (guint first, guint n)
{
  GArray *results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));

  for (guint i = first; i < first + n; i++)
    {
      RoadPortResult result = { .port = (guint16) i,
                                .state = ROAD_PORT_CLOSED,
                                .reason = ROAD_REASON_CONN_REFUSED };

      if (i % 7 == 0)
        {
          result.state = ROAD_PORT_OPEN;
          result.reason = ROAD_REASON_SYN_ACK;
          result.latency_us = i;
        }
      else if (i % 11 == 0)
        {
          result.state = ROAD_PORT_FILTERED;
          result.reason = ROAD_REASON_ADMIN_PROHIBITED;
          g_assert_true (road_address_parse (&result.reason_from, "fe80::1%1"));
        }
      else if (i % 13 == 0)
        {
          result.state = ROAD_PORT_FILTERED;
          result.reason = ROAD_REASON_NO_RESPONSE;
          result.n_silent = 3;
          result.silent_ms = 2400;
        }
      g_array_append_val (results, result);
    }

  return results;
}

static GVariant *
record_host (RoadHost *host, gboolean ended, GArray *results)
{
  g_autoptr (RoadJournalHosts) hosts = road_journal_hosts_new ();

  road_journal_hosts_add (hosts, host, ended, results);

  return road_journal_hosts_take_record (hosts);
}

static void
write_journal (const char *path, GPtrArray *more)
{
  g_autoptr (RoadPortSet) ports = road_port_set_parse ("1-100", NULL);
  RoadJournalBegin begin = {
    .owner = g_strdup ("cli"),
    .targets = g_strdup ("192.0.2.0/24"),
    .profile = road_profile_new ("ports", ports, NULL),
    .seed = G_MAXUINT64 - 1,
    .started = g_date_time_new_from_iso8601 ("2026-01-02T03:04:05.678Z", NULL),
    .flags = 1,
  };
  g_autoptr (RoadJournalFile) file = road_journal_file_create (path, NULL);
  g_autoptr (GByteArray) records = g_byte_array_new ();

  road_journal_begin_add_output (&begin, "file:///tmp/a.json", "json");
  road_journal_begin_add_output (&begin, "-", "text");
  road_journal_file_add (records, road_record_new_begin (&begin));
  for (guint i = 0; i < more->len; i++)
    road_journal_file_add (records, g_ptr_array_index (more, i));
  g_assert_true (road_journal_file_append (file, records, NULL));
  road_journal_begin_clear (&begin);
}

static void
check_same (RoadHost *a, RoadHost *b, guint first, guint n_ports)
{
  g_assert_cmpstr (road_host_get_user_name (a), ==, road_host_get_user_name (b));
  g_assert_true (road_host_has_user_name (b, "backup.example"));
  g_assert_cmpstr (road_host_get_other_addresses (b)[0], ==, "192.0.2.77");
  g_assert_cmpstr (road_host_get_ptr_name (a), ==, road_host_get_ptr_name (b));
  g_assert_cmpint (road_host_get_state (a), ==, road_host_get_state (b));
  g_assert_cmpint (road_host_get_reason (a), ==, road_host_get_reason (b));
  g_assert_cmpuint (road_host_get_latency (a), ==, road_host_get_latency (b));
  g_assert_cmpuint (road_host_get_index (a), ==, road_host_get_index (b));
  for (guint port = first; port < first + n_ports; port++)
    {
      RoadPortResult x, y;

      g_assert_true (road_host_get_result (a, (guint16) port, &x));
      g_assert_true (road_host_get_result (b, (guint16) port, &y));
      g_assert_cmpuint (x.state, ==, y.state);
      g_assert_cmpuint (x.reason, ==, y.reason);
      g_assert_cmpuint (x.latency_us, ==, y.latency_us);
      g_assert_cmpuint (x.n_silent, ==, y.n_silent);
      g_assert_cmpuint (x.silent_ms, ==, y.silent_ms);
      g_assert_true (road_address_equal (&x.reason_from, &y.reason_from));
    }
}

/* Of what there is only one of, a later record has the right one. */
static void
add_notes (RoadHost *host, GPtrArray *records)
{
  road_host_add_note (host, ROAD_NOTE_HOST, ROAD_NOTE_MAC, "02:00:00:00:00:01");
  g_ptr_array_add (records, road_record_new_notes (host));
  road_host_replace_note (host, ROAD_NOTE_MAC, "00:1B:21:00:00:20 (Intel)");
  road_host_add_note (host, ROAD_NOTE_HOST, "smb-os", "Samba\xff\nsecond line");
  g_ptr_array_add (records, road_record_new_notes (host));
}

static void
check_notes (RoadHost *a, RoadHost *b)
{
  g_assert_cmpuint (road_host_get_n_notes (b), ==, 3);
  g_assert_cmpuint (road_host_get_n_notes (a), ==, 3);
  g_assert_cmpstr (road_host_get_note (b, 0)->name, ==, ROAD_NOTE_MAC);
  g_assert_cmpstr (road_host_get_note (b, 0)->text, ==, "00:1B:21:00:00:20 (Intel)");
  g_assert_cmpstr (road_host_get_note (b, 1)->text, ==, "Samba\xef\xbf\xbd\nsecond line");
}

/* Two ports that were identified, one of which says nothing that is understood. */
static void
add_services (GPtrArray *records, RoadHost *host)
{
  static const RoadService ssh = { .port = 7,
                                   .confidence = 10,
                                   .name = (char *) "ssh",
                                   .product = (char *) "OpenSSH",
                                   .version = (char *) "9.2p1" };

  road_host_add_services (host, &ssh, 1);
  road_host_add_note (host, 49, ROAD_NOTE_BANNER, "hello");
  g_ptr_array_add (records, road_record_new_service (host, 7));
  g_ptr_array_add (records, road_record_new_service (host, 49));
}

static void
check_services (RoadHost *read)
{
  g_assert_cmpstr (road_host_get_service (read, 7)->name, ==, "ssh");
  g_assert_cmpuint (road_host_get_service (read, 7)->confidence, ==, 10);
  g_assert_cmpstr (road_host_get_version (read, 7), ==, "OpenSSH 9.2p1");
  g_assert_null (road_host_get_service (read, 7)->extra_info);
  g_assert_null (road_host_get_service (read, 49));
  g_assert_cmpstr (road_host_get_note (read, 2)->text, ==, "hello");
}

/* Losing this: a scan that is continued has other answers than before. */
static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoadHost) host = make_host ("192.0.2.7");
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GArray) ended = g_array_new (FALSE, FALSE, sizeof (RoadAddress));
  g_autoptr (RoadInterruptedScan) scan = NULL;
  g_autoptr (RoadHost) read = NULL;
  g_autoptr (GError) error = NULL;
  RoadAddress address;
  RoadReport *report;
  const RoadOctetSet *bits;

  for (guint first = 1; first <= 51; first += 50)
    {
      g_autoptr (GArray) results = make_results (first, 50);

      road_host_add_results (host, (const RoadPortResult *) (gpointer) results->data, 50);
      g_ptr_array_add (records, record_host (host, first > 1, results));
    }
  add_services (records, host);
  g_assert_true (road_address_parse (&address, "192.0.2.9"));
  g_array_append_val (ended, address);
  add_notes (host, records);
  g_ptr_array_add (records, road_record_new_ended (ended));
  g_ptr_array_add (records, road_record_new_time (12.5));
  write_journal (fixture->path, records);

  scan = road_interrupted_scan_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (road_interrupted_scan_get_begin (scan)->owner, ==, "cli");
  g_assert_cmpuint (road_interrupted_scan_get_begin (scan)->seed, ==, G_MAXUINT64 - 1);
  g_assert_cmpuint (road_interrupted_scan_get_begin (scan)->outputs->len, ==, 2);

  report = road_interrupted_scan_get_report (scan);
  g_assert_cmpstr (road_report_get_targets (report), ==, "192.0.2.0/24");
  g_assert_cmpfloat (road_report_get_elapsed (report), ==, 12.5);
  g_assert_cmpuint (road_report_get_n_unlisted_down (report), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (report)), ==, 1);
  bits = road_report_get_ended (report, &address);
  g_assert_true (road_octet_set_contains (bits, 7));
  g_assert_true (road_octet_set_contains (bits, 9));
  g_assert_cmpuint (road_octet_set_count (bits), ==, 2);

  read = g_list_model_get_item (G_LIST_MODEL (report), 0);
  check_same (host, read, 1, 100);
  check_notes (host, read);
  check_services (read);
}

/* Losing this: a fast scan loses what it has found of many hosts at once, or mixes them up. */
static void
test_many_hosts (Fixture *fixture, gconstpointer data)
{
  static const char *const addresses[] = { "192.0.2.1", "fe80::1%1", "2001:db8::2", "192.0.2.3" };
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (RoadJournalHosts) hosts = road_journal_hosts_new ();
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RoadInterruptedScan) scan = NULL;
  g_autoptr (GError) error = NULL;
  GListModel *read;

  g_assert_true (road_journal_hosts_is_empty (hosts));
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      RoadHost *host = make_host (addresses[i]);
      g_autoptr (GArray) results = make_results (1 + i, 10 * i);

      g_ptr_array_add (made, host);
      road_host_add_results (host, (const RoadPortResult *) (gpointer) results->data, results->len);
      road_journal_hosts_add (hosts, host, i % 2 == 1, results);
    }
  g_assert_false (road_journal_hosts_is_full (hosts));
  g_ptr_array_add (records, road_journal_hosts_take_record (hosts));
  g_assert_true (road_journal_hosts_is_empty (hosts));
  write_journal (fixture->path, records);

  scan = road_interrupted_scan_open (fixture->path, &error);
  g_assert_no_error (error);
  read = G_LIST_MODEL (road_interrupted_scan_get_report (scan));
  g_assert_cmpuint (g_list_model_get_n_items (read), ==, made->len);
  for (guint i = 0; i < made->len; i++)
    {
      RoadHost *host = g_ptr_array_index (made, i);
      g_autoptr (RoadHost) other = g_list_model_get_item (read, i);

      g_assert_cmpstr (road_host_get_address_string (other), ==,
                       road_host_get_address_string (host));
      g_assert_cmpuint (road_host_get_done (other), ==, i % 2 == 1);
      check_same (host, other, 1 + i, 10 * i);
    }
}

/* Losing this: a record that is larger than a journal may have, and that cannot be read again. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoadJournalHosts) hosts = road_journal_hosts_new ();
  g_autoptr (RoadHost) host = make_host ("192.0.2.7");
  g_autoptr (GArray) alone = make_results (1, 7);
  g_autoptr (GArray) grouped = g_array_new (FALSE, TRUE, sizeof (RoadPortResult));

  for (guint i = 0; i < 2047; i++)
    road_journal_hosts_add (hosts, host, FALSE, alone);
  g_assert_true (road_journal_hosts_is_full (hosts));
  g_variant_unref (g_variant_ref_sink (road_journal_hosts_take_record (hosts)));
  g_assert_false (road_journal_hosts_is_full (hosts));

  g_array_set_size (grouped, 4095);
  road_journal_hosts_add (hosts, host, FALSE, grouped);
  g_assert_false (road_journal_hosts_is_full (hosts));
  road_journal_hosts_add (hosts, host, FALSE, alone);
  g_assert_true (road_journal_hosts_is_full (hosts));
}

static GVariant *
parse_hosts (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *content =
      g_variant_parse (G_VARIANT_TYPE ("(asa((uuuuuu)tuuuuqqu)a((uuuuuu)uuqqqq)a(ssayaq)a(sasas))"),
                       text, NULL, NULL, &error);

  g_assert_no_error (error);

  return road_record_new (ROAD_RECORD_HOSTS, content);
}

/* Losing this: a journal that somebody has made up crashes the scan, or keeps it from ever ending. */
static void
test_made_up (Fixture *fixture, gconstpointer data)
{
  /* Of a host: a result, a group and a name too many, a word that there is not, a word that is no state, an
   * address of 5 bytes. */
#define MADE_UP(address, n_results, n_groups, n_names, state)                                      \
  "(['up', 'syn-ack'], [((1, 0, 0, 0, 0, " address "), 0, 0, " n_results ", " n_groups             \
  ", " n_names ", " state ", 1, 0)], [], [], [])"
  static const char *const made_up[] = {
    MADE_UP ("4", "1", "0", "0", "0"), MADE_UP ("4", "0", "1", "0", "0"),
    MADE_UP ("4", "0", "0", "1", "0"), MADE_UP ("4", "0", "0", "0", "2"),
    MADE_UP ("4", "0", "0", "0", "1"), MADE_UP ("5", "0", "0", "0", "0"),
  };
  g_autoptr (RoadHost) host = make_host ("192.0.2.7");

  for (guint i = 0; i < 3 + G_N_ELEMENTS (made_up); i++)
    {
      g_autoptr (GPtrArray) records = g_ptr_array_new ();
      g_autoptr (GArray) results = make_results (i == 0 ? 101 : 1, 1);
      g_autoptr (RoadInterruptedScan) scan = NULL;
      g_autoptr (GError) error = NULL;

      /* A port that was not to be scanned, a port twice, no known record, and what does not fit together. */
      if (i >= 3)
        g_ptr_array_add (records, parse_hosts (made_up[i - 3]));
      else
        g_ptr_array_add (records, i == 2 ? g_variant_new ("(yv)", 77, g_variant_new_string ("x"))
                                         : record_host (host, FALSE, results));
      if (i == 1)
        g_ptr_array_add (records, record_host (host, FALSE, results));
      write_journal (fixture->path, records);
      scan = road_interrupted_scan_open (fixture->path, &error);
      g_assert_null (scan);
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
      g_assert_cmpint (g_unlink (fixture->path), ==, 0);
    }
}

/* Losing this: scans of the other program, or running ones, are offered; or old journals fill the disk. */
static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) stopped = g_ptr_array_new ();
  g_autofree char *other = g_build_filename (fixture->folder, "stopped.journal", NULL);
  g_autoptr (RoadInterruptedScan) last = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (RoadJournalFile) running = NULL;

  write_journal (fixture->path, none);
  g_ptr_array_add (stopped, road_record_new_end (ROAD_REPORT_STOPPED));
  write_journal (other, stopped);

  last = road_interrupted_scan_find_last (fixture->folder, "cli");
  g_assert_cmpstr (road_interrupted_scan_get_path (last), ==, fixture->path);
  g_clear_object (&last);
  g_assert_null (road_interrupted_scan_find_last (fixture->folder, "window"));
  found = road_interrupted_scan_find_all (fixture->folder, "cli", NULL);
  g_assert_cmpuint (found->len, ==, 2);
  g_ptr_array_set_size (found, 0);

  running = road_journal_file_open (other, TRUE, NULL);
  road_interrupted_scan_prune (fixture->folder, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_true (road_journal_file_delete (running));
}

#define ADD(name, func) g_test_add ("/journal/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("torn", test_torn);
  ADD ("go-on", test_go_on);
  ADD ("busy", test_busy);
  ADD ("begin", test_begin);
  ADD ("leftover", test_leftover);
  ADD ("removed", test_removed);
  ADD ("foreign", test_foreign);
  ADD ("round-trip", test_round_trip);
  ADD ("many-hosts", test_many_hosts);
  ADD ("full", test_full);
  ADD ("made-up", test_made_up);
  ADD ("find", test_find);

  return g_test_run ();
}
