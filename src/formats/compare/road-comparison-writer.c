/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-comparison-writer.h"

#include "formats/road-save.h"

typedef struct
{
  const RoadComparisonWriterClass *klass;
  RoadComparison *comparison;
  gboolean all;
  guint next_item;
  guint n_written;
  gboolean begun;
  gboolean ended;
} Writer;

static const RoadComparisonWriterClass *
get_class (RoadFormat format)
{
  switch ((int) format)
    {
    case ROAD_FORMAT_TEXT:
      return &road_comparison_text_writer;
    case ROAD_FORMAT_JSON:
      return &road_comparison_json_writer;
    default:
      return NULL;
    }
}

static Writer *
writer_new (RoadComparison *comparison, RoadFormat format, gboolean all)
{
  Writer *self = g_new0 (Writer, 1);

  self->klass = get_class (format);
  g_assert (self->klass != NULL);
  self->comparison = g_object_ref (comparison);
  self->all = all;

  return self;
}

static void
writer_free (Writer *self)
{
  g_object_unref (self->comparison);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writer, writer_free)

static gboolean
is_wanted (Writer *self, RoadHostComparison *host)
{
  RoadChange change = road_host_comparison_get_change (host);

  return self->all || (change != ROAD_CHANGE_NONE && change != ROAD_CHANGE_NOT_COMPARED);
}

/* The beginning, a host, or the end. */
static gboolean
next_piece (gpointer source, GString *out)
{
  Writer *self = source;

  if (!self->begun)
    {
      self->klass->begin (self->comparison, out);
      self->begun = TRUE;
    }
  else if (self->next_item < road_comparison_get_n_items (self->comparison))
    {
      RoadHostComparison *host = road_comparison_get_item (self->comparison, self->next_item++);

      if (is_wanted (self, host))
        self->klass->host (host, self->n_written++, self->all, out);
    }
  else if (!self->ended)
    {
      self->klass->end (self->comparison, out);
      self->ended = TRUE;
    }
  else
    return FALSE;

  return TRUE;
}

gboolean
road_comparison_can_write (RoadFormat format)
{
  return get_class (format) != NULL;
}

/**
 * road_comparison_write:
 * @format: one that road_comparison_can_write()
 * @all: whether to include what did not change or was not compared
 * @error: (nullable): an error of @stream
 *
 * Writes a comparison without closing @stream. Blocks.
 *
 * Returns: %FALSE on error
 */
gboolean
road_comparison_write (RoadComparison *comparison,
                       RoadFormat format,
                       gboolean all,
                       GOutputStream *stream,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (Writer) writer = NULL;

  g_return_val_if_fail (ROAD_IS_COMPARISON (comparison), FALSE);
  g_return_val_if_fail (road_comparison_can_write (format), FALSE);

  writer = writer_new (comparison, format, all);

  return road_save_to_stream (next_piece, writer, stream, cancellable, error);
}

/**
 * road_comparison_save:
 * @format: one that road_comparison_can_write()
 * @all: whether to include what did not change or was not compared
 * @error: (nullable): a #GIOErrorEnum
 *
 * Writes a file, replacing an existing one in one step when everything is written. Blocks.
 *
 * Returns: %FALSE on error
 */
gboolean
road_comparison_save (RoadComparison *comparison,
                      RoadFormat format,
                      gboolean all,
                      GFile *file,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (Writer) writer = NULL;

  g_return_val_if_fail (ROAD_IS_COMPARISON (comparison), FALSE);
  g_return_val_if_fail (road_comparison_can_write (format), FALSE);

  writer = writer_new (comparison, format, all);

  return road_save (next_piece, writer, file, cancellable, error);
}

/* Like road_comparison_save(), without blocking. */
void
road_comparison_save_async (RoadComparison *comparison,
                            RoadFormat format,
                            gboolean all,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (ROAD_IS_COMPARISON (comparison));
  g_return_if_fail (road_comparison_can_write (format));

  road_save_async (next_piece, writer_new (comparison, format, all), (GDestroyNotify) writer_free,
                   file, cancellable, callback, user_data);
}

gboolean
road_comparison_save_finish (GAsyncResult *result, GError **error)
{
  return road_save_finish (result, error);
}
