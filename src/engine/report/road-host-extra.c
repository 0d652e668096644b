/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-extra.h"

#include <string.h>

struct _RoadHostExtra
{
  GArray *services; /* of RoadService, sorted by port */
  GArray *notes;    /* of RoadNote, sorted by port; those of a port as they came */
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
note_clear (gpointer data)
{
  RoadNote *note = data;

  g_clear_pointer (&note->name, g_free);
  g_clear_pointer (&note->text, g_free);
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
  self->notes = g_array_new (FALSE, FALSE, sizeof (RoadNote));
  g_array_set_clear_func (self->notes, note_clear);

  return self;
}

void
road_host_extra_free (RoadHostExtra *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->services);
  g_array_unref (self->notes);
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

void
road_host_extra_add_note (RoadHostExtra *self, int port, const char *name, const char *text)
{
  RoadNote note = { .port = port };
  guint i;

  g_return_if_fail (self != NULL);
  g_return_if_fail (port >= ROAD_NOTE_HOST && port <= G_MAXUINT16);
  g_return_if_fail (name != NULL && text != NULL);

  for (i = self->notes->len; i > 0; i--)
    {
      const RoadNote *other = &g_array_index (self->notes, RoadNote, i - 1);

      if (other->port < port)
        break;
      if (other->port == port && g_str_equal (other->name, name) && g_str_equal (other->text, text))
        return;
    }

  for (i = self->notes->len; i > 0 && g_array_index (self->notes, RoadNote, i - 1).port > port;)
    i--;
  note.name = g_strdup (name);
  note.text = g_strdup (text);
  g_array_insert_val (self->notes, i, note);
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

  return &g_array_index (self->notes, RoadNote, index);
}
