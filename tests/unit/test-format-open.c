/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "format-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/base/road-error.h"

/* A file of each test's own. */
typedef struct
{
  char *path;
  GFile *file;

  GCancellable *cancellable;
  GAsyncResult *result;
  gboolean cancel; /* at the first progress */
  guint n_calls;
  double fraction;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("roadstead-test-XXXXXX", &self->path, &error);

  g_assert_no_error (error);
  g_close (fd, &error);
  g_assert_no_error (error);
  self->file = g_file_new_for_path (self->path);
  self->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_remove (self->path);
  g_free (self->path);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->result);
}

/* Writes masscan's XML of so many hosts with a port each. */
static void
write_hosts (Fixture *self, guint n_hosts)
{
  g_autoptr (GString) text = g_string_new ("<nmaprun scanner=\"masscan\">\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_hosts; i++)
    g_string_append_printf (text,
                            "<host><address addr=\"10.%u.%u.%u\" addrtype=\"ipv4\"/><ports>"
                            "<port protocol=\"tcp\" portid=\"80\"><state state=\"open\" "
                            "reason=\"syn-ack\"/></port></ports></host>\n",
                            i >> 16, i >> 8 & 255, i & 255);
  g_string_append (text, "</nmaprun>\n");
  g_file_set_contents (self->path, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
}

static void
on_progress (double fraction, gpointer user_data)
{
  Fixture *self = user_data;

  g_assert_null (self->result);
  g_assert_cmpfloat (fraction, >=, self->fraction);
  g_assert_cmpfloat (fraction, <=, 1);
  self->fraction = fraction;
  self->n_calls++;
  if (self->cancel)
    g_cancellable_cancel (self->cancellable);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  self->result = g_object_ref (result);
}

static RoadReport *
open_file (Fixture *self, GFile *file, GError **error)
{
  g_clear_object (&self->result);
  self->fraction = -1;
  road_format_open_async (file, self->cancellable, on_progress, self, on_opened, self);
  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return road_format_open_finish (self->result, error);
}

/* A large file would be opened without progress, or show progress after its end. */
static void
test_progress (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadReport) report = NULL;
  const gint64 end = g_get_monotonic_time () + 300 * G_TIME_SPAN_MILLISECOND;

  write_hosts (self, 100000);
  report = open_file (self, self->file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (report)), ==, 100000);
  g_assert_cmpuint (self->n_calls, >=, 1);
  g_assert_cmpfloat (self->fraction, >, 0);

  /* on_progress() asserts that nothing comes any more. */
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* Opening could not be cancelled. */
static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_hosts (self, 200000);
  self->cancel = TRUE;
  g_assert_null (open_file (self, self->file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (self->fraction, <, 1);
}

/* The message about a folder or a compressed file would not say what is wrong with it. */
static void
test_not_a_report (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_tmp_dir ());
  g_autoptr (GError) error = NULL;

  g_assert_null (open_file (self, folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_assert_null (strchr (error->message, '\n'));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (self->path, "\x1f\x8b\x08\0\0\0\0\0", 8, NULL));
  g_assert_null (open_file (self, self->file, &error));
  g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
  g_assert_cmpstr (error->message, ==, "The file is compressed: unpack it first, with gunzip");
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (self->path, "", 0, NULL));
  g_assert_null (open_file (self, self->file, &error));
  g_assert_error (error, ROAD_ERROR, ROAD_ERROR_FORMAT);
  g_assert_cmpstr (error->message, ==, "The file is empty");
}

/* A file whose suffix says something else could not be opened. */
static void
test_any_suffix (Fixture *self, gconstpointer data)
{
  static const char *const starts[] = { "", "\xef\xbb\xbf", "\n\t " };
  static const char *const bodies[] = {
    "<nmaprun><host><address addr=\"::1\"/></host></nmaprun>",
    "{\"format\":\"roadstead-report\",\"version\":1,\"status\":\"finished\",\"hosts\":"
    "[{\"address\":\"::1\",\"state\":\"up\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (bodies); j++)
        {
          g_autofree char *text = g_strconcat (starts[i], bodies[j], NULL);
          g_autoptr (GError) error = NULL;
          g_autoptr (RoadReport) report = NULL;

          g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
          report = open_file (self, self->file, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (report)), ==, 1);
        }
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/format/open/progress", test_progress);
  ADD ("/format/open/cancel", test_cancel);
  ADD ("/format/open/not-a-report", test_not_a_report);
  ADD ("/format/open/any-suffix", test_any_suffix);

  return g_test_run ();
}
