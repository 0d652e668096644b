/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-services.h"

#include <gio/gio.h>
#include <string.h>

#include "road-services-resource.h"
#include "engine/base/road-syntax.h"

#define PREFIX "/io/github/roadstead/Roadstead/services/"
#define N_PORTS 65536

typedef struct
{
  const char *name;
  const char *description;
} Service;

/* Read once and never freed. */
typedef struct
{
  GStringChunk *strings;
  Service services[N_PORTS];     /* by port */
  GHashTable *ports_by_name;     /* names are in lower case */
  GHashTable *ports_by_old_name; /* those of the registry that ours replace */
  GArray *common;                /* the most likely port first */
} Tables;

typedef void (*RowFunc) (Tables *tables, guint16 port, char **fields);

/* Calls @func for every row of a table: fields separated by tabs, the first of them a port. */
static void
read_table (Tables *tables, const char *file_name, RowFunc func)
{
  g_autofree char *path = g_strconcat (PREFIX, file_name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  /* Not in road_services_get_resource(), which returns NULL while GLib is registering the resource for a
   * lookup of another thread; this waits. */
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes == NULL)
    g_error ("%s", error->message); /* it is part of the program */

  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) fields = NULL;
      guint port;

      if (**line == '#' || **line == '\0')
        continue;

      fields = g_strsplit (*line, "\t", 3);
      if (road_syntax_parse_number (fields[0], fields[0] + strlen (fields[0]), G_MAXUINT16, &port))
        func (tables, (guint16) port, fields);
      else
        g_critical ("%s: “%s” does not begin with a port", file_name, *line);
    }
}

static void
index_name (GHashTable *ports_by_name, const char *name, guint16 port)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  GArray *ports = g_hash_table_lookup (ports_by_name, key);

  if (ports == NULL)
    {
      ports = g_array_new (FALSE, FALSE, sizeof (guint16));
      g_hash_table_insert (ports_by_name, g_steal_pointer (&key), ports);
    }
  g_array_append_val (ports, port);
}

static void
add_service (Tables *tables, guint16 port, char **fields)
{
  Service *service = &tables->services[port];

  if (fields[1] == NULL || *fields[1] == '\0')
    return;
  if (service->name != NULL && g_ascii_strcasecmp (service->name, fields[1]) != 0)
    index_name (tables->ports_by_old_name, service->name, port);
  service->name = g_string_chunk_insert_const (tables->strings, fields[1]);
  service->description = NULL;
  if (fields[2] != NULL && *fields[2] != '\0')
    service->description = g_string_chunk_insert_const (tables->strings, fields[2]);
}

static void
add_common_port (Tables *tables, guint16 port, char **fields)
{
  g_array_append_val (tables->common, port);
}

static void
index_names (Tables *tables)
{
  for (guint port = 0; port < N_PORTS; port++)
    {
      if (tables->services[port].name != NULL)
        index_name (tables->ports_by_name, tables->services[port].name, (guint16) port);
    }
}

static gpointer
read_tables (gpointer data)
{
  Tables *tables = g_new0 (Tables, 1);

  tables->strings = g_string_chunk_new (64 * 1024);
  tables->ports_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  tables->ports_by_old_name = g_hash_table_new (g_str_hash, g_str_equal);
  tables->common = g_array_new (FALSE, FALSE, sizeof (guint16));

  road_services_register_resource ();
  read_table (tables, "iana-tcp.tsv", add_service);
  /* Replaces names of the registry. */
  read_table (tables, "corrections.tsv", add_service);
  read_table (tables, "common-ports.tsv", add_common_port);
  road_services_unregister_resource ();
  index_names (tables);

  return tables;
}

static Tables *
get_tables (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_tables, NULL);
}

/* Returns: (nullable): the name of the service that usually uses @port: IANA's, or ours where the registry
 * has none or an obsolete one */
const char *
road_services_get_name (guint16 port)
{
  return get_tables ()->services[port].name;
}

/* Returns: (nullable): a description in English of the service that road_services_get_name() returns */
const char *
road_services_get_description (guint16 port)
{
  return get_tables ()->services[port].description;
}

/**
 * road_services_find:
 * @pattern: a service name, in which “*” matches any characters and “?” any one; case does not matter
 * @ports: (element-type guint16): where the ports are appended, in no particular order
 *
 * Finds the ports of a service. If none has that name, the registry's own name that ours replaces is tried:
 * “epmap” is port 135, which we call “msrpc”. Patterns match only the names that road_services_get_name()
 * returns.
 *
 * Returns: whether there is any
 */
gboolean
road_services_find (const char *pattern, GArray *ports)
{
  g_autofree char *key = NULL;
  g_autoptr (GPatternSpec) spec = NULL;
  gboolean found = FALSE;
  Tables *tables;
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_return_val_if_fail (pattern != NULL, FALSE);
  g_return_val_if_fail (ports != NULL, FALSE);

  tables = get_tables ();
  key = g_ascii_strdown (pattern, -1);
  if (strpbrk (key, "*?") == NULL)
    {
      GArray *named = g_hash_table_lookup (tables->ports_by_name, key);

      if (named == NULL)
        named = g_hash_table_lookup (tables->ports_by_old_name, key);
      if (named != NULL)
        g_array_append_vals (ports, named->data, named->len);
      return named != NULL;
    }

  spec = g_pattern_spec_new (key);
  g_hash_table_iter_init (&iter, tables->ports_by_name);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      GArray *named = value;

      if (g_pattern_spec_match_string (spec, name))
        {
          g_array_append_vals (ports, named->data, named->len);
          found = TRUE;
        }
    }

  return found;
}

/* The ports that are most often open; data/services/common-ports.tsv names the source of the ranking.
 * Returns: (array length=n_ports): the ports, the most likely first */
const guint16 *
road_services_get_common_ports (guint *n_ports)
{
  GArray *common = get_tables ()->common;

  g_return_val_if_fail (n_ports != NULL, NULL);

  *n_ports = common->len;
  return (const guint16 *) (gconstpointer) common->data;
}
