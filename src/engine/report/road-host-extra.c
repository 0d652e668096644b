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
  g_clear_pointer (&service->product, g_free);
  g_clear_pointer (&service->version, g_free);
  g_clear_pointer (&service->extra_info, g_free);
  g_clear_pointer (&service->text, g_free);
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

/* As in nmap's normal output: "OpenSSH 9.2p1 Debian 2 (protocol 2.0)". */
static char *
make_text (const RoadService *service)
{
  g_autoptr (GString) text = g_string_new (service->product);

  if (service->version != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", service->version);
  if (service->extra_info != NULL)
    g_string_append_printf (text, "%s(%s)", text->len > 0 ? " " : "", service->extra_info);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
set_texts (RoadHostExtra *self, RoadService *service, const RoadService *found)
{
  self->n_versions -= service->text != NULL ? 1 : 0;
  g_free (service->product);
  g_free (service->version);
  g_free (service->extra_info);
  g_free (service->text);
  service->product = g_strdup (found->product);
  service->version = g_strdup (found->version);
  service->extra_info = g_strdup (found->extra_info);
  service->text = make_text (service);
  self->n_versions += service->text != NULL ? 1 : 0;
}

/**
 * road_host_extra_set_service:
 * @found: what was found out; copied. A name of %NULL, and no product, version and further information,
 *   keep what was known
 */
void
road_host_extra_set_service (RoadHostExtra *self, const RoadService *found)
{
  RoadService *service;

  g_return_if_fail (self != NULL);
  g_return_if_fail (found != NULL);

  service = ensure_service (self, found->port);
  service->confidence = MAX (service->confidence, found->confidence);
  if (found->name != NULL)
    {
      g_free (service->name);
      service->name = g_strdup (found->name);
    }
  if (found->product != NULL || found->version != NULL || found->extra_info != NULL)
    set_texts (self, service, found);
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

/* @self: (nullable)
 * Returns: (transfer full): the ports of which a service or a note is known */
RoadPortSet *
road_host_extra_dup_ports (RoadHostExtra *self)
{
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint16));

  for (guint i = 0; self != NULL && i < self->services->len; i++)
    g_array_append_val (ports, g_array_index (self->services, RoadService, i).port);
  for (guint i = 0; self != NULL && i < self->notes->len; i++)
    {
      const RoadNote *note = g_ptr_array_index (self->notes, i);
      const guint16 port = (guint16) note->port;

      if (note->port != ROAD_NOTE_HOST)
        g_array_append_val (ports, port);
    }

  return road_port_set_new ((const guint16 *) (gpointer) ports->data, ports->len);
}

/* Removes what is known about @ports. */
static void
forget_ports (RoadHostExtra *self, RoadPortSet *ports)
{
  for (guint i = self->services->len; i > 0; i--)
    {
      const RoadService *service = &g_array_index (self->services, RoadService, i - 1);

      if (!road_port_set_contains (ports, service->port))
        continue;
      self->n_versions -= service->text != NULL ? 1 : 0;
      g_array_remove_index (self->services, i - 1);
    }

  for (guint i = self->notes->len; i > 0; i--)
    {
      RoadNote *note = g_ptr_array_index (self->notes, i - 1);

      if (note->port == ROAD_NOTE_HOST || !road_port_set_contains (ports, (guint16) note->port))
        continue;
      if (self->known != NULL)
        g_hash_table_remove (self->known, note);
      g_ptr_array_remove_index (self->notes, i - 1);
    }
}

/**
 * road_host_extra_replace:
 * @newer: (nullable): what is known of the same host from another scan
 * @ports: ports that were scanned again
 *
 * Forgets what was known about @ports, and takes over what @newer knows about them.
 */
void
road_host_extra_replace (RoadHostExtra *self, RoadHostExtra *newer, RoadPortSet *ports)
{
  g_return_if_fail (self != NULL && newer != self);
  g_return_if_fail (ports != NULL);

  forget_ports (self, ports);
  for (guint i = 0; newer != NULL && i < newer->services->len; i++)
    {
      const RoadService *service = &g_array_index (newer->services, RoadService, i);

      if (road_port_set_contains (ports, service->port))
        road_host_extra_set_service (self, service);
    }
  for (guint i = 0; i < road_host_extra_get_n_notes (newer); i++)
    {
      const RoadNote *note = road_host_extra_get_note (newer, i);

      if (note->port != ROAD_NOTE_HOST && road_port_set_contains (ports, (guint16) note->port))
        road_host_extra_add_note (self, note->port, note->name, note->text);
    }
}
