/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-journal-hosts.h"

#include <string.h>

#include "road-journal-records.h"

/*
 * The record of many hosts and of what is new about them. A scan can have 20,000 results a second, and a variant
 * for each takes a third of the main thread. So numbers are in arrays of structs that are copied as they are:
 *
 *   words │ hosts │ results │ groups of ports with the same result │ names
 *
 * Each host has the next so many of the results, groups and names. States and reasons are words: their numbers
 * may change with the version, their names do not.
 */

#define HOSTS_TYPE "(asa" HOST_TYPE "a" RESULT_TYPE GROUPS_TYPE NAMES_TYPE ")"
#define GROUPS_TYPE "a(ssayaq)"
#define NAMES_TYPE "a(sasas)" /* from reverse DNS, of the user, other addresses */

/* A record with so many hosts or results is full: some 200 KB. */
#define MAX_HOSTS 2048
#define MAX_RESULTS 4096

/* Without padding, which a variant requires to be zeros. */
typedef struct
{
  guint32 parts[4]; /* most significant first */
  guint32 scope_id;
  guint32 length;
} PackedAddress;

#define ADDRESS_TYPE "(uuuuuu)"

typedef struct
{
  PackedAddress address;
  guint64 index;
  guint32 latency;
  guint32 n_results;
  guint32 n_groups;
  guint32 n_names; /* 0 or 1 */
  guint16 state;   /* a word */
  guint16 reason;
  guint32 ended;
} PackedHost;

#define HOST_TYPE "(" ADDRESS_TYPE "tuuuuqqu)"
G_STATIC_ASSERT (sizeof (PackedHost) == 56);

typedef struct
{
  PackedAddress reason_from;
  guint32 latency_us;
  guint32 silent_ms;
  guint16 port;
  guint16 n_silent;
  guint16 state;
  guint16 reason;
} PackedResult;

#define RESULT_TYPE "(" ADDRESS_TYPE "uuqqqq)"
G_STATIC_ASSERT (sizeof (PackedResult) == 40);

/* The words that there are: the names of host states, then those of port states, then those of reasons. */
#define FIRST_PORT_STATE (ROAD_HOST_DOWN + 1)
#define FIRST_REASON (FIRST_PORT_STATE + ROAD_N_PORT_STATES)
#define N_WORDS (FIRST_REASON + ROAD_N_REASONS)

struct _RoadJournalHosts
{
  GPtrArray *words; /* of static strings */
  /* The place of each word in @words, counted from 1; 0 if the record does not need it. */
  guint16 places[N_WORDS];

  GArray *hosts;   /* of PackedHost */
  GArray *results; /* of PackedResult */
  GVariantBuilder groups;
  guint n_grouped; /* ports in @groups */
  GVariantBuilder names;
};

/* Writing. */

static void
init_builders (RoadJournalHosts *self)
{
  g_variant_builder_init (&self->groups, G_VARIANT_TYPE (GROUPS_TYPE));
  g_variant_builder_init (&self->names, G_VARIANT_TYPE (NAMES_TYPE));
}

RoadJournalHosts *
road_journal_hosts_new (void)
{
  RoadJournalHosts *self = g_new0 (RoadJournalHosts, 1);

  self->words = g_ptr_array_new ();
  self->hosts = g_array_new (FALSE, FALSE, sizeof (PackedHost));
  self->results = g_array_new (FALSE, FALSE, sizeof (PackedResult));
  init_builders (self);

  return self;
}

void
road_journal_hosts_free (RoadJournalHosts *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->words);
  g_array_unref (self->hosts);
  g_array_unref (self->results);
  g_variant_builder_clear (&self->groups);
  g_variant_builder_clear (&self->names);
  g_free (self);
}

static const char *
get_name (guint word)
{
  if (word < FIRST_PORT_STATE)
    return road_host_state_to_string (word);
  if (word < FIRST_REASON)
    return road_port_state_to_string (word - FIRST_PORT_STATE);

  return road_reason_to_string (word - FIRST_REASON);
}

/* Returns the place of the word in the record. */
static guint16
add_word (RoadJournalHosts *self, guint word)
{
  if (self->places[word] == 0)
    {
      g_ptr_array_add (self->words, (gpointer) get_name (word));
      self->places[word] = (guint16) self->words->len;
    }

  return self->places[word] - 1;
}

static void
pack_address (const RoadAddress *address, PackedAddress *packed)
{
  memcpy (packed->parts, address->bytes, sizeof packed->parts);
  for (guint i = 0; i < G_N_ELEMENTS (packed->parts); i++)
    packed->parts[i] = GUINT32_FROM_BE (packed->parts[i]);
  packed->scope_id = address->scope_id;
  packed->length = address->length;
}

static gboolean
is_alone (const RoadPortResult *result, gboolean has_silences)
{
  return result->latency_us != 0 || (has_silences && result->n_silent != 0);
}

static void
add_alone (RoadJournalHosts *self, const RoadPortResult *result)
{
  PackedResult packed = {
    .latency_us = result->latency_us,
    .silent_ms = result->silent_ms,
    .port = result->port,
    .n_silent = result->n_silent,
    .state = add_word (self, FIRST_PORT_STATE + result->state),
    .reason = add_word (self, FIRST_REASON + result->reason),
  };

  pack_address (&result->reason_from, &packed.reason_from);
  g_array_append_val (self->results, packed);
}

static int
compare_outcomes (gconstpointer a, gconstpointer b)
{
  const RoadPortResult *x = a;
  const RoadPortResult *y = b;

  if (x->state != y->state)
    return (int) x->state - (int) y->state;
  if (x->reason != y->reason)
    return (int) x->reason - (int) y->reason;

  return road_address_compare (&x->reason_from, &y->reason_from);
}

static void
add_group (RoadJournalHosts *self, const RoadPortResult *result, GArray *ports)
{
  g_variant_builder_add (&self->groups, "(ss@ay@aq)", road_port_state_to_string (result->state),
                         road_reason_to_string (result->reason),
                         road_record_pack_address (&result->reason_from),
                         g_variant_new_fixed_array (G_VARIANT_TYPE_UINT16, ports->data, ports->len,
                                                    2));
}

/* Groups results by their outcome. Returns how many groups there are. */
static guint
add_groups (RoadJournalHosts *self, GArray *results)
{
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint16));
  guint n_groups = 0;

  g_array_sort (results, compare_outcomes);
  for (guint i = 0; i < results->len; i++)
    {
      const RoadPortResult *result = &g_array_index (results, RoadPortResult, i);

      g_array_append_vals (ports, &result->port, 1);
      if (i + 1 == results->len || compare_outcomes (result, result + 1) != 0)
        {
          add_group (self, result, ports);
          g_array_set_size (ports, 0);
          n_groups++;
        }
    }

  return n_groups;
}

/* Ports with the same outcome take two bytes each; those of which more is known are listed one by one. */
static void
add_results (RoadJournalHosts *self, GArray *results, PackedHost *packed)
{
  g_autoptr (GArray) grouped = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));
  guint n_silent = 0;

  for (guint i = 0; i < results->len; i++)
    n_silent += g_array_index (results, RoadPortResult, i).n_silent != 0;

  for (guint i = 0; i < results->len; i++)
    {
      const RoadPortResult *result = &g_array_index (results, RoadPortResult, i);

      if (is_alone (result, n_silent <= ROAD_HOST_MAX_LISTED))
        add_alone (self, result);
      else
        g_array_append_vals (grouped, result, 1);
    }

  packed->n_results = results->len - grouped->len;
  packed->n_groups = add_groups (self, grouped);
  self->n_grouped += grouped->len;
}

/* Returns how many entries there are. */
static guint
add_names (RoadJournalHosts *self, RoadHost *host)
{
  static const char *const none[] = { NULL };
  const char *const *names = road_host_get_user_names (host);
  const char *const *others = road_host_get_other_addresses (host);
  const char *ptr_name = road_host_get_ptr_name (host);

  if (names == NULL && others == NULL && ptr_name == NULL)
    return 0;

  g_variant_builder_add (&self->names, "(s^as^as)", ptr_name != NULL ? ptr_name : "",
                         names != NULL ? names : none, others != NULL ? others : none);

  return 1;
}

/**
 * road_journal_hosts_add:
 * @ended: whether nothing more is asked of @host
 * @results: (element-type RoadPortResult): its new results
 *
 * Adds what is known about a host, and its new results.
 */
void
road_journal_hosts_add (RoadJournalHosts *self, RoadHost *host, gboolean ended, GArray *results)
{
  PackedHost packed = { .n_results = 0 };

  g_return_if_fail (self != NULL && ROAD_IS_HOST (host) && results != NULL);

  pack_address (road_host_get_address (host), &packed.address);
  packed.index = road_host_get_index (host);
  packed.latency = road_host_get_latency (host);
  packed.state = add_word (self, road_host_get_state (host));
  packed.reason = add_word (self, FIRST_REASON + road_host_get_reason (host));
  packed.ended = ended ? 1 : 0;
  packed.n_names = add_names (self, host);
  add_results (self, results, &packed);
  g_array_append_val (self->hosts, packed);
}

gboolean
road_journal_hosts_is_empty (RoadJournalHosts *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->hosts->len == 0;
}

/* Returns whether it is time for road_journal_hosts_take_record(). */
gboolean
road_journal_hosts_is_full (RoadJournalHosts *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->hosts->len >= MAX_HOSTS || self->results->len + self->n_grouped >= MAX_RESULTS;
}

/* Takes all hosts out. Returns: (transfer floating): their record */
GVariant *
road_journal_hosts_take_record (RoadJournalHosts *self)
{
  GVariant *content;

  g_return_val_if_fail (self != NULL, NULL);

  content =
      g_variant_new ("(@as@a" HOST_TYPE "@a" RESULT_TYPE GROUPS_TYPE NAMES_TYPE ")",
                     g_variant_new_strv ((const char *const *) self->words->pdata,
                                         self->words->len),
                     g_variant_new_fixed_array (G_VARIANT_TYPE (HOST_TYPE), self->hosts->data,
                                                self->hosts->len, sizeof (PackedHost)),
                     g_variant_new_fixed_array (G_VARIANT_TYPE (RESULT_TYPE), self->results->data,
                                                self->results->len, sizeof (PackedResult)),
                     &self->groups, &self->names);
  g_ptr_array_set_size (self->words, 0);
  memset (self->places, 0, sizeof self->places);
  g_array_set_size (self->hosts, 0);
  g_array_set_size (self->results, 0);
  self->n_grouped = 0;
  init_builders (self);

  return road_record_new (ROAD_RECORD_HOSTS, content);
}

/* Reading. */

/* A record that is being read, and what the hosts before have had of it. */
typedef struct
{
  const char **words;
  gsize n_words;
  const PackedResult *results;
  gsize n_results;
  GVariantIter groups;
  GVariantIter names;
} Reader;

static gboolean
unpack_address (const PackedAddress *packed, RoadAddress *address)
{
  guint32 parts[G_N_ELEMENTS (packed->parts)];

  *address = ROAD_ADDRESS_NONE;
  if (packed->length != 0 && packed->length != 4 && packed->length != 16)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i] = GUINT32_TO_BE (packed->parts[i]);
  address->length = (guint8) packed->length;
  memcpy (address->bytes, parts, packed->length);
  address->scope_id = packed->scope_id;

  return TRUE;
}

static gboolean
read_outcome (const char *state, const char *reason, RoadPortResult *result)
{
  RoadPortState port_state = road_port_state_from_string (state);
  RoadReason port_reason;

  if (port_state == ROAD_PORT_UNKNOWN || !road_reason_from_string (reason, &port_reason))
    return FALSE;

  result->state = (guint8) port_state;
  result->reason = (guint8) port_reason;

  return TRUE;
}

static gboolean
read_results (Reader *reader, guint n, GArray *results)
{
  if (n > reader->n_results)
    return FALSE;

  for (; n > 0; n--)
    {
      const PackedResult *packed = reader->results++;
      RoadPortResult result = {
        .port = packed->port,
        .latency_us = packed->latency_us,
        .n_silent = packed->n_silent,
        .silent_ms = packed->silent_ms,
      };

      reader->n_results--;
      if (packed->state >= reader->n_words || packed->reason >= reader->n_words ||
          !read_outcome (reader->words[packed->state], reader->words[packed->reason], &result) ||
          !unpack_address (&packed->reason_from, &result.reason_from))
        return FALSE;
      g_array_append_val (results, result);
    }

  return TRUE;
}

static gboolean
read_group (Reader *reader, GArray *results)
{
  g_autoptr (GVariant) group = g_variant_iter_next_value (&reader->groups);
  g_autoptr (GVariant) from = NULL;
  g_autoptr (GVariant) ports = NULL;
  const char *state, *reason;
  RoadPortResult result = { 0 };
  const guint16 *numbers;
  gsize n;

  if (group == NULL)
    return FALSE;

  g_variant_get (group, "(&s&s@ay@aq)", &state, &reason, &from, &ports);
  if (!read_outcome (state, reason, &result) ||
      !road_record_unpack_address (from, &result.reason_from))
    return FALSE;

  numbers = g_variant_get_fixed_array (ports, &n, sizeof *numbers);
  for (gsize i = 0; i < n; i++)
    {
      result.port = numbers[i];
      g_array_append_val (results, result);
    }

  return TRUE;
}

static RoadHost *
make_host (Reader *reader, const PackedHost *packed, const RoadAddress *address)
{
  g_autofree const char **names = NULL;
  g_autofree const char **others = NULL;
  const char *ptr_name = "";
  RoadHost *host;

  if (packed->n_names > 0 &&
      !g_variant_iter_next (&reader->names, "(&s^a&s^a&s)", &ptr_name, &names, &others))
    return NULL;

  host = road_host_new (address, names != NULL ? names[0] : NULL,
                        others != NULL && others[0] != NULL ? others : NULL);
  for (guint i = 1; names != NULL && names[0] != NULL && names[i] != NULL; i++)
    road_host_add_user_name (host, names[i]);
  if (*ptr_name != '\0')
    road_host_set_ptr_name (host, ptr_name);

  return host;
}

/* Returns: (transfer full) (nullable): the host, without its results */
static RoadHost *
read_host (Reader *reader, const PackedHost *packed)
{
  RoadHostState state;
  RoadReason reason;
  RoadAddress address;
  RoadHost *host;

  if (!unpack_address (&packed->address, &address) || address.length == 0 ||
      packed->state >= reader->n_words || packed->reason >= reader->n_words ||
      !road_host_state_from_string (reader->words[packed->state], &state) ||
      !road_reason_from_string (reader->words[packed->reason], &reason))
    return NULL;

  host = make_host (reader, packed, &address);
  if (host == NULL)
    return NULL;

  road_host_set_index (host, packed->index);
  road_host_set_state (host, state, reason);
  road_host_set_latency (host, packed->latency);

  return host;
}

static int
compare_ports (gconstpointer a, gconstpointer b)
{
  return (int) ((const RoadPortResult *) a)->port - (int) ((const RoadPortResult *) b)->port;
}

static gboolean
read_next (Reader *reader, const PackedHost *packed, RoadJournalHostFunc func, gpointer user_data)
{
  g_autoptr (RoadHost) host = read_host (reader, packed);
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));

  if (host == NULL || !read_results (reader, packed->n_results, results))
    return FALSE;
  for (guint i = 0; i < packed->n_groups; i++)
    {
      if (!read_group (reader, results))
        return FALSE;
    }

  g_array_sort (results, compare_ports);

  return func (host, packed->ended != 0, results, user_data);
}

/**
 * road_record_get_hosts:
 * @func: called with each host
 *
 * Returns: whether it is a record of hosts that can be read, and @func has returned %TRUE for each
 */
gboolean
road_record_get_hosts (GVariant *record, RoadJournalHostFunc func, gpointer user_data)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_HOSTS, HOSTS_TYPE);
  g_autoptr (GVariant) hosts = NULL;
  g_autoptr (GVariant) results = NULL;
  g_autoptr (GVariant) groups = NULL;
  g_autoptr (GVariant) names = NULL;
  g_autofree const char **words = NULL;
  Reader reader = { NULL };
  const PackedHost *packed;
  gsize n_hosts;

  g_return_val_if_fail (func != NULL, FALSE);

  if (content == NULL)
    return FALSE;

  g_variant_get (content, "(^a&s@a" HOST_TYPE "@a" RESULT_TYPE "@" GROUPS_TYPE "@" NAMES_TYPE ")",
                 &words, &hosts, &results, &groups, &names);
  reader.words = words;
  reader.n_words = g_strv_length ((char **) words);
  reader.results = g_variant_get_fixed_array (results, &reader.n_results, sizeof (PackedResult));
  g_variant_iter_init (&reader.groups, groups);
  g_variant_iter_init (&reader.names, names);

  packed = g_variant_get_fixed_array (hosts, &n_hosts, sizeof (PackedHost));
  for (gsize i = 0; i < n_hosts; i++)
    {
      if (!read_next (&reader, &packed[i], func, user_data))
        return FALSE;
    }

  return TRUE;
}
