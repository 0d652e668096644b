/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-names.h"

#include <glib/gi18n.h>
#include <errno.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "engine/base/road-error.h"
#include "engine/report/road-host-notes.h"
#include "formats/json/road-json-fields.h"
#include "formats/json/road-json-printer.h"
#include "formats/road-sandbox.h"

/* The names that the user has given hosts: a small JSON file, one host a line, in the state folder. A host is known
 * by its hardware address, so that it keeps its name at another IP address; without one by its IP address. Names are
 * only used in the main thread. */

#define FORMAT "roadstead-host-names"
#define VERSION 1

/* More than anybody gives names to; what is larger is not ours. */
#define MAX_NAMES 10000
#define MAX_SIZE (4 * 1024 * 1024)

typedef struct
{
  char *path;
  GHashTable *names; /* by key; NULL if they were not read yet */
} Names;

static Names the_names;

static const char *
get_path (void)
{
  if (the_names.path == NULL)
    {
      g_autofree char *state = road_sandbox_get_state_dir ();

      the_names.path = g_build_filename (state, "roadstead", "host-names.json", NULL);
    }

  return the_names.path;
}

/* Returns: (transfer full): “mac 00:1B:21:00:00:20” or “address 192.0.2.1” */
static char *
make_key (RoadHost *host)
{
  g_autofree char *mac = NULL;
  RoadMac bytes;

  if (!road_host_get_mac (host, &bytes))
    return g_strconcat ("address ", road_host_get_address_string (host), NULL);

  mac = road_mac_to_string (&bytes);

  return g_strconcat ("mac ", mac, NULL);
}

static gboolean
add_entry (GHashTable *names, JsonNode *node, GError **error)
{
  JsonObject *object = road_json_as_object (node, "hosts", error);
  const char *mac = NULL, *address = NULL, *name = NULL;

  if (object == NULL || !road_json_read_string (object, "mac", &mac, error) ||
      !road_json_read_string (object, "address", &address, error) ||
      !road_json_read_string (object, "name", &name, error) ||
      !road_json_require (mac != NULL ? mac : address, "mac", error) ||
      !road_json_require (name, "name", error))
    return FALSE;

  if (*name != '\0' && g_utf8_strlen (name, -1) <= ROAD_HOST_NAME_MAX &&
      g_hash_table_size (names) < MAX_NAMES)
    g_hash_table_insert (names,
                         g_strconcat (mac != NULL ? "mac " : "address ",
                                      mac != NULL ? mac : address, NULL),
                         g_strdup (name));

  return TRUE;
}

static gboolean
parse (GHashTable *names, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  const char *format = NULL;
  gint64 version = 0;
  JsonArray *hosts = NULL;
  JsonObject *object;
  JsonNode *root;

  if (length > MAX_SIZE || !json_parser_load_from_data (parser, text, (gssize) length, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT, _ ("The file is too large"));
      return FALSE;
    }

  root = json_parser_get_root (parser);
  object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (object == NULL)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_FORMAT,
                           _ ("The file is not one of names, or a newer version has written it"));
      return FALSE;
    }
  if (!road_json_read_string (object, "format", &format, error) ||
      !road_json_read_integer (object, "version", 1, G_MAXINT32, &version, error) ||
      !road_json_read_array (object, "hosts", &hosts, error))
    return FALSE;

  if (g_strcmp0 (format, FORMAT) != 0 || version != VERSION)
    {
      g_set_error_literal (error, ROAD_ERROR, ROAD_ERROR_VERSION,
                           _ ("The file is not one of names, or a newer version has written it"));
      return FALSE;
    }

  for (guint i = 0; hosts != NULL && i < json_array_get_length (hosts); i++)
    {
      if (!add_entry (names, json_array_get_element (hosts, i), error))
        return FALSE;
    }

  return TRUE;
}

/* Returns: (transfer full) (nullable): the names in the file; no file has none */
static GHashTable *
read_names (GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (get_path (), &text, &length, &reason))
    {
      if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&names);
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  return parse (names, text, length, error) ? g_steal_pointer (&names) : NULL;
}

static GHashTable *
get_names (void)
{
  if (the_names.names == NULL)
    {
      g_autoptr (GError) error = NULL;

      the_names.names = read_names (&error);
      if (error != NULL)
        {
          g_warning ("%s: %s", get_path (), error->message);
          the_names.names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
        }
    }

  return the_names.names;
}

/* Returns: (nullable): the name that the user has given the host; valid until one is set */
const char *
road_host_names_find (RoadHost *host)
{
  g_autofree char *key = NULL;
  GHashTable *names;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  names = get_names ();
  if (g_hash_table_size (names) == 0)
    return NULL;

  key = make_key (host);

  return g_hash_table_lookup (names, key);
}

static char *
print (GHashTable *names)
{
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (names), (GCompareFunc) strcmp);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "{\n\"format\": \"%s\",\n\"version\": %d,\n\"hosts\": [", FORMAT,
                          VERSION);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      g_auto (GStrv) words = g_strsplit (l->data, " ", 2);
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      g_autoptr (JsonNode) node = NULL;

      json_builder_begin_object (builder);
      road_json_add_string (builder, words[0], words[1]);
      road_json_add_string (builder, "name", g_hash_table_lookup (names, l->data));
      json_builder_end_object (builder);
      node = json_builder_get_root (builder);
      g_string_append (out, l == keys ? "\n" : ",\n");
      road_json_append_node (out, node);
    }
  g_string_append (out, "\n]\n}\n");

  return g_string_free (out, FALSE);
}

static gboolean
write_names (GHashTable *names, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (get_path ());
  g_autofree char *text = print (names);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, (gint) g_file_error_from_errno (errno), "%s",
                   g_strerror (errno));
      return FALSE;
    }

  return g_file_set_contents_full (get_path (), text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/**
 * road_host_names_set:
 * @name: (nullable): the name, which is cut off after %ROAD_HOST_NAME_MAX characters; %NULL or empty for none
 *
 * Names a host. The file is read anew before, since another window may have written it; one that cannot be read is
 * left as it is. Blocks.
 *
 * Returns: whether the file was written
 */
gboolean
road_host_names_set (RoadHost *host, const char *name, GError **error)
{
  g_autoptr (GHashTable) names = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (ROAD_IS_HOST (host), FALSE);

  names = read_names (error);
  if (names == NULL)
    return FALSE;

  text = g_strstrip (
      g_utf8_substring (name != NULL ? name : "", 0,
                        MIN (g_utf8_strlen (name != NULL ? name : "", -1), ROAD_HOST_NAME_MAX)));
  if (*text != '\0')
    g_hash_table_insert (names, make_key (host), g_steal_pointer (&text));
  else
    {
      g_autofree char *key = make_key (host);

      g_hash_table_remove (names, key);
    }
  if (!write_names (names, error))
    return FALSE;

  g_clear_pointer (&the_names.names, g_hash_table_unref);
  the_names.names = g_steal_pointer (&names);

  return TRUE;
}

/* Returns: whether both have the same name, as they are the same device */
gboolean
road_host_names_is_same (RoadHost *a, RoadHost *b)
{
  g_autofree char *x = make_key (a);
  g_autofree char *y = make_key (b);

  return g_str_equal (x, y);
}

void
road_host_names_use_file (const char *path)
{
  g_free (the_names.path);
  the_names.path = g_strdup (path);
  g_clear_pointer (&the_names.names, g_hash_table_unref);
}
