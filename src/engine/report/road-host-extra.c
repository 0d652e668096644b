/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-extra.h"

#include <string.h>

/* From how many notes on a set of them is worth its memory. */
#define MANY_NOTES 16

struct _RoadHostExtra
{
  GArray *services; /* of RoadService, sorted by port */
  GPtrArray *
      notes; /* of RoadNote, sorted by port when they are asked for; those of a port as they came */
  gboolean is_unsorted;
  GHashTable *known; /* (nullable): a set of the notes, once there are many */
  guint n_versions;
};

static void
service_clear (gpointer data)
{
  RoadService *service = data;

  g_clear_pointer (&service->name, g_free);
  g_clear_pointer (&service->version, g_free);
}

static void
note_free (gpointer data)
{
  RoadNote *note = data;

  g_free (note->name);
  g_free (note->text);
  g_free (note);
}

static guint
note_hash (gconstpointer data)
{
  const RoadNote *note = data;

  return (guint) note->port ^ g_str_hash (note->name) ^ (g_str_hash (note->text) << 1);
}

static gboolean
note_equal (gconstpointer a, gconstpointer b)
{
  const RoadNote *x = a, *y = b;

  return x->port == y->port && g_str_equal (x->name, y->name) && g_str_equal (x->text, y->text);
}

static int
compare_notes (gconstpointer a, gconstpointer b)
{
  return (*(const RoadNote *const *) a)->port - (*(const RoadNote *const *) b)->port;
}

static int
compare_services (gconstpointer a, gconstpointer b)
{
  return (int) ((const RoadService *) a)->port - (int) ((const RoadService *) b)->port;
}

RoadHostExtra *
road_host_extra_new (void)
{
  RoadHostExtra *self = g_new0 (RoadHostExtra, 1);

  self->services = g_array_new (FALSE, FALSE, sizeof (RoadService));
  g_array_set_clear_func (self->services, service_clear);
  self->notes = g_ptr_array_new_with_free_func (note_free);

  return self;
}

void
road_host_extra_free (RoadHostExtra *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->services);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/* Searches from the end, since ports come sorted. */
static RoadService *
ensure_service (RoadHostExtra *self, guint16 port)
{
  const RoadService new_service = { .port = port };
  guint i = self->services->len;

  while (i > 0 && g_array_index (self->services, RoadService, i - 1).port > port)
    i--;
  if (i == 0 || g_array_index (self->services, RoadService, i - 1).port != port)
    g_array_insert_val (self->services, i, new_service);
  else
    i--;

  return &g_array_index (self->services, RoadService, i);
}

/**
 * road_host_extra_set_service:
 * @name: (nullable): the service, or %NULL to keep what was known
 * @version: (nullable): its version, or %NULL to keep what was known
 */
void
road_host_extra_set_service (RoadHostExtra *self,
                             guint16 port,
                             const char *name,
                             const char *version)
{
  RoadService *service;

  g_return_if_fail (self != NULL);

  service = ensure_service (self, port);
  if (name != NULL)
    {
      g_free (service->name);
      service->name = g_strdup (name);
    }
  if (version != NULL)
    {
      self->n_versions += service->version == NULL ? 1 : 0;
      g_free (service->version);
      service->version = g_strdup (version);
    }
}

const RoadService *
road_host_extra_get_service (RoadHostExtra *self, guint16 port)
{
  const RoadService key = { .port = port };
  guint index;

  if (self == NULL || !g_array_binary_search (self->services, &key, compare_services, &index))
    return NULL;

  return &g_array_index (self->services, RoadService, index);
}

gboolean
road_host_extra_has_versions (RoadHostExtra *self)
{
  return self != NULL && self->n_versions > 0;
}

static gboolean
has_note (RoadHostExtra *self, const RoadNote *note)
{
  if (self->known != NULL)
    return g_hash_table_contains (self->known, note);

  for (guint i = 0; i < self->notes->len; i++)
    {
      if (note_equal (g_ptr_array_index (self->notes, i), note))
        return TRUE;
    }

  return FALSE;
}

static void
append_note (RoadHostExtra *self, RoadNote *note)
{
  const RoadNote *last =
      self->notes->len > 0 ? g_ptr_array_index (self->notes, self->notes->len - 1) : NULL;

  self->is_unsorted |= last != NULL && last->port > note->port;
  g_ptr_array_add (self->notes, note);
  if (self->known == NULL && self->notes->len == MANY_NOTES)
    {
      self->known = g_hash_table_new (note_hash, note_equal);
      for (guint i = 0; i < MANY_NOTES; i++)
        g_hash_table_add (self->known, g_ptr_array_index (self->notes, i));
    }
  else if (self->known != NULL)
    {
      g_hash_table_add (self->known, note);
    }
}

void
road_host_extra_add_note (RoadHostExtra *self, int port, const char *name, const char *text)
{
  RoadNote *note;

  g_return_if_fail (self != NULL);
  g_return_if_fail (port >= ROAD_NOTE_HOST && port <= G_MAXUINT16);
  g_return_if_fail (name != NULL && text != NULL);

  note = g_new0 (RoadNote, 1);
  note->port = port;
  note->name = g_strdup (name);
  note->text = g_strdup (text);
  if (has_note (self, note))
    note_free (note);
  else
    append_note (self, note);
}

/* Adds a note in place of those of that name. Meant for the few notes that a scan makes itself. */
void
road_host_extra_replace_note (RoadHostExtra *self, int port, const char *name, const char *text)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL && text != NULL);

  for (guint i = self->notes->len; i > 0; i--)
    {
      RoadNote *note = g_ptr_array_index (self->notes, i - 1);

      if (note->port != port || !g_str_equal (note->name, name))
        continue;
      if (self->known != NULL)
        g_hash_table_remove (self->known, note);
      g_ptr_array_remove_index (self->notes, i - 1);
    }
  road_host_extra_add_note (self, port, name, text);
}

guint
road_host_extra_get_n_notes (RoadHostExtra *self)
{
  return self != NULL ? self->notes->len : 0;
}

const RoadNote *
road_host_extra_get_note (RoadHostExtra *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->notes->len, NULL);

  if (self->is_unsorted)
    {
      g_ptr_array_sort (self->notes, compare_notes);
      self->is_unsorted = FALSE;
    }

  return g_ptr_array_index (self->notes, index);
}
