/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-journal-records.h"

#include <string.h>

#include "engine/report/road-host-notes.h"
#include "road-profile-file.h"

/* Names and numbers of the enumerations may change; their nicks do not. */

#define BEGIN_TYPE "(sssta(ss)us)"
#define HOST_TYPE "(aytssusasasba(ssayaq)a(qssuquay))"
#define ENDED_TYPE "aay"
#define NOTES_TYPE "(aya(ss))"

static void
output_free (gpointer data)
{
  RoadJournalOutput *output = data;

  g_free (output->uri);
  g_free (output->format);
  g_free (output);
}

void
road_journal_begin_clear (RoadJournalBegin *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->owner, g_free);
  g_clear_pointer (&self->targets, g_free);
  g_clear_pointer (&self->profile, road_profile_unref);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_clear_pointer (&self->outputs, g_ptr_array_unref);
}

void
road_journal_begin_add_output (RoadJournalBegin *self, const char *uri, const char *format)
{
  RoadJournalOutput *output;

  g_return_if_fail (self != NULL && uri != NULL && format != NULL);

  if (self->outputs == NULL)
    self->outputs = g_ptr_array_new_with_free_func (output_free);
  output = g_new0 (RoadJournalOutput, 1);
  output->uri = g_strdup (uri);
  output->format = g_strdup (format);
  g_ptr_array_add (self->outputs, output);
}

/* Returns: (transfer floating): a record with @content, which may be floating */
GVariant *
road_record_new (RoadRecordKind kind, GVariant *content)
{
  return g_variant_new ("(yv)", (guchar) kind, content);
}

/* Returns: (transfer full) (nullable): what a record of that kind has, if it has that type */
GVariant *
road_record_get_content (GVariant *record, RoadRecordKind kind, const char *type)
{
  g_autoptr (GVariant) content = NULL;

  if (!road_record_is (record, kind))
    return NULL;
  g_variant_get_child (record, 1, "v", &content);

  return g_variant_is_of_type (content, G_VARIANT_TYPE (type)) ? g_steal_pointer (&content) : NULL;
}

gboolean
road_record_is (GVariant *record, RoadRecordKind kind)
{
  guchar own_kind;

  g_return_val_if_fail (record != NULL, FALSE);

  g_variant_get_child (record, 0, "y", &own_kind);

  return own_kind == kind;
}

/* An address is its bytes; a link-local one has its zone after them. */
GVariant *
road_record_pack_address (const RoadAddress *address)
{
  guint8 bytes[sizeof address->bytes + sizeof (guint32)];
  const guint32 scope_id = GUINT32_TO_BE (address->scope_id);
  gsize size = address->length;

  memcpy (bytes, address->bytes, size);
  if (scope_id != 0)
    {
      memcpy (bytes + size, &scope_id, sizeof scope_id);
      size += sizeof scope_id;
    }

  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, size, 1);
}

/* Returns FALSE if it is none; no bytes are %ROAD_ADDRESS_NONE. */
gboolean
road_record_unpack_address (GVariant *variant, RoadAddress *address)
{
  gsize size;
  const guint8 *bytes = g_variant_get_fixed_array (variant, &size, 1);

  *address = ROAD_ADDRESS_NONE;
  if (size != 0 && size != 4 && size != 16 && size != 20)
    return FALSE;

  address->length = (guint8) MIN (size, 16);
  if (size > 0)
    memcpy (address->bytes, bytes, address->length);
  if (size == 20)
    {
      memcpy (&address->scope_id, bytes + 16, sizeof address->scope_id);
      address->scope_id = GUINT32_FROM_BE (address->scope_id);
    }

  return TRUE;
}

/* Returns: (transfer floating): the record that a journal begins with */
GVariant *
road_record_new_begin (const RoadJournalBegin *begin)
{
  GVariantBuilder outputs;
  g_autofree char *profile = NULL;
  g_autofree char *started = NULL;

  g_return_val_if_fail (begin != NULL, NULL);

  profile = road_profile_file_print (begin->profile, NULL);
  started = g_date_time_format_iso8601 (begin->started);
  g_variant_builder_init (&outputs, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; begin->outputs != NULL && i < begin->outputs->len; i++)
    {
      const RoadJournalOutput *output = g_ptr_array_index (begin->outputs, i);

      g_variant_builder_add (&outputs, "(ss)", output->uri, output->format);
    }

  return road_record_new (ROAD_RECORD_BEGIN,
                          g_variant_new (BEGIN_TYPE, begin->owner, begin->targets, profile,
                                         begin->seed, &outputs, begin->flags, started));
}

/**
 * road_record_get_begin:
 * @begin: (out caller-allocates): to be cleared with road_journal_begin_clear(), also after %FALSE
 */
gboolean
road_record_get_begin (GVariant *record, RoadJournalBegin *begin)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_BEGIN, BEGIN_TYPE);
  g_autoptr (GVariantIter) outputs = NULL;
  const char *profile, *started, *uri, *format;

  *begin = (RoadJournalBegin){ NULL };
  if (content == NULL)
    return FALSE;

  g_variant_get (content, "(ss&sta(ss)u&s)", &begin->owner, &begin->targets, &profile, &begin->seed,
                 &outputs, &begin->flags, &started);
  while (g_variant_iter_next (outputs, "(&s&s)", &uri, &format))
    road_journal_begin_add_output (begin, uri, format);
  begin->profile = road_profile_file_parse (profile, strlen (profile), NULL, NULL);
  begin->started = g_date_time_new_from_iso8601 (started, NULL);

  return begin->profile != NULL && begin->started != NULL;
}

static gboolean
is_alone (const RoadPortResult *result, gboolean has_silences)
{
  return result->latency_us != 0 || (has_silences && result->n_silent != 0);
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

/* Adds the sorted results with the same outcome that begin at @first. Returns where the next begin. */
static guint
add_group (GVariantBuilder *groups, GArray *results, guint first, gboolean has_silences)
{
  const RoadPortResult *same = &g_array_index (results, RoadPortResult, first);
  g_autoptr (GArray) ports = g_array_new (FALSE, FALSE, sizeof (guint16));
  guint i;

  for (i = first; i < results->len; i++)
    {
      const RoadPortResult *result = &g_array_index (results, RoadPortResult, i);

      if (compare_outcomes (same, result) != 0)
        break;
      if (!is_alone (result, has_silences))
        g_array_append_vals (ports, &result->port, 1);
    }

  if (ports->len > 0)
    g_variant_builder_add (groups, "(ss@ay@aq)", road_port_state_to_string (same->state),
                           road_reason_to_string (same->reason),
                           road_record_pack_address (&same->reason_from),
                           g_variant_new_fixed_array (G_VARIANT_TYPE_UINT16, ports->data,
                                                      ports->len, 2));

  return i;
}

/* Ports with the same outcome take two bytes each; those of which more is known are listed one by one. */
static void
add_results (GVariantBuilder *groups, GVariantBuilder *singles, GArray *results)
{
  guint n_silent = 0;
  gboolean has_silences;

  for (guint i = 0; i < results->len; i++)
    n_silent += g_array_index (results, RoadPortResult, i).n_silent != 0;
  has_silences = n_silent <= ROAD_HOST_MAX_LISTED;

  g_array_sort (results, compare_outcomes);
  for (guint i = 0; i < results->len;)
    i = add_group (groups, results, i, has_silences);

  for (guint i = 0; i < results->len; i++)
    {
      const RoadPortResult *result = &g_array_index (results, RoadPortResult, i);

      if (is_alone (result, has_silences))
        g_variant_builder_add (singles, "(qssuqu@ay)", result->port,
                               road_port_state_to_string (result->state),
                               road_reason_to_string (result->reason), result->latency_us,
                               result->n_silent, result->silent_ms,
                               road_record_pack_address (&result->reason_from));
    }
}

/**
 * road_record_new_host:
 * @ended: whether nothing more is asked of it
 * @results: (inout) (element-type RoadPortResult): its new results; sorted by this
 *
 * Returns: (transfer floating): what is known about a host
 */
GVariant *
road_record_new_host (RoadHost *host, gboolean ended, GArray *results)
{
  static const char *const none[] = { NULL };
  const char *const *names;
  const char *const *others;
  const char *ptr_name;
  GVariantBuilder groups, singles;

  g_return_val_if_fail (ROAD_IS_HOST (host) && results != NULL, NULL);

  names = road_host_get_user_names (host);
  others = road_host_get_other_addresses (host);
  ptr_name = road_host_get_ptr_name (host);
  g_variant_builder_init (&groups, G_VARIANT_TYPE ("a(ssayaq)"));
  g_variant_builder_init (&singles, G_VARIANT_TYPE ("a(qssuquay)"));
  add_results (&groups, &singles, results);

  return road_record_new (ROAD_RECORD_HOST,
                          g_variant_new ("(@aytssus^as^asba(ssayaq)a(qssuquay))",
                                         road_record_pack_address (road_host_get_address (host)),
                                         road_host_get_index (host),
                                         road_host_state_to_string (road_host_get_state (host)),
                                         road_reason_to_string (road_host_get_reason (host)),
                                         road_host_get_latency (host),
                                         ptr_name != NULL ? ptr_name : "",
                                         names != NULL ? names : none,
                                         others != NULL ? others : none, ended, &groups, &singles));
}

/* Returns: (transfer full) (nullable): the host of a record, without its results */
RoadHost *
road_record_get_host (GVariant *record)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_HOST, HOST_TYPE);
  g_autoptr (GVariant) bytes = NULL;
  g_autofree const char **names = NULL;
  g_autofree const char **others = NULL;
  const char *state, *reason, *ptr_name;
  RoadHostState host_state;
  RoadReason host_reason;
  RoadAddress address;
  RoadHost *host;
  guint64 index;
  guint32 latency;

  if (content == NULL)
    return NULL;

  g_variant_get (content, "(@ayt&s&su&s^a&s^a&sba(ssayaq)a(qssuquay))", &bytes, &index, &state,
                 &reason, &latency, &ptr_name, &names, &others, NULL, NULL, NULL);
  if (!road_record_unpack_address (bytes, &address) || address.length == 0 ||
      !road_host_state_from_string (state, &host_state) ||
      !road_reason_from_string (reason, &host_reason))
    return NULL;

  host = road_host_new (&address, names[0], others[0] != NULL ? others : NULL);
  for (guint i = 1; names[0] != NULL && names[i] != NULL; i++)
    road_host_add_user_name (host, names[i]);
  road_host_set_index (host, index);
  road_host_set_state (host, host_state, host_reason);
  road_host_set_latency (host, latency);
  if (*ptr_name != '\0')
    road_host_set_ptr_name (host, ptr_name);

  return host;
}

gboolean
road_record_get_host_ended (GVariant *record)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_HOST, HOST_TYPE);
  gboolean ended = FALSE;

  if (content != NULL)
    g_variant_get_child (content, 8, "b", &ended);

  return ended;
}

static gboolean
set_outcome (RoadPortResult *result, const char *state, const char *reason, GVariant *from)
{
  RoadPortState port_state = road_port_state_from_string (state);
  RoadReason port_reason;

  if (port_state == ROAD_PORT_UNKNOWN || !road_reason_from_string (reason, &port_reason) ||
      !road_record_unpack_address (from, &result->reason_from))
    return FALSE;

  result->state = (guint8) port_state;
  result->reason = (guint8) port_reason;

  return TRUE;
}

static gboolean
read_groups (GVariant *groups, GArray *results)
{
  GVariantIter iter;
  const char *state, *reason;
  GVariant *from, *ports;

  g_variant_iter_init (&iter, groups);
  while (g_variant_iter_loop (&iter, "(&s&s@ay@aq)", &state, &reason, &from, &ports))
    {
      RoadPortResult result = { 0 };
      gsize n;
      const guint16 *numbers = g_variant_get_fixed_array (ports, &n, 2);

      if (!set_outcome (&result, state, reason, from))
        {
          g_variant_unref (from);
          g_variant_unref (ports);
          return FALSE;
        }
      for (gsize i = 0; i < n; i++)
        {
          result.port = numbers[i];
          g_array_append_val (results, result);
        }
    }

  return TRUE;
}

static gboolean
read_singles (GVariant *singles, GArray *results)
{
  GVariantIter iter;
  const char *state, *reason;
  RoadPortResult result = { 0 };
  GVariant *from;

  g_variant_iter_init (&iter, singles);
  while (g_variant_iter_loop (&iter, "(q&s&suqu@ay)", &result.port, &state, &reason,
                              &result.latency_us, &result.n_silent, &result.silent_ms, &from))
    {
      if (!set_outcome (&result, state, reason, from))
        {
          g_variant_unref (from);
          return FALSE;
        }
      g_array_append_val (results, result);
    }

  return TRUE;
}

static int
compare_ports (gconstpointer a, gconstpointer b)
{
  return (int) ((const RoadPortResult *) a)->port - (int) ((const RoadPortResult *) b)->port;
}

/* Whether each result is of another one of the ports, and @host has none of them. */
static gboolean
are_new (GArray *results, RoadPortSet *ports, RoadHost *host)
{
  for (guint i = 0; i < results->len; i++)
    {
      guint16 port = g_array_index (results, RoadPortResult, i).port;
      RoadPortResult other;

      if (!road_port_set_contains (ports, port) || road_host_get_result (host, port, &other) ||
          (i > 0 && g_array_index (results, RoadPortResult, i - 1).port == port))
        return FALSE;
    }

  return TRUE;
}

/**
 * road_record_get_results:
 * @ports: the ports that were scanned
 * @host: the host of the record, to which its results are added
 *
 * Returns: whether they are results that a scan of @ports can have
 */
gboolean
road_record_get_results (GVariant *record, RoadPortSet *ports, RoadHost *host)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_HOST, HOST_TYPE);
  g_autoptr (GVariant) groups = NULL;
  g_autoptr (GVariant) singles = NULL;
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (RoadPortResult));

  if (content == NULL)
    return FALSE;

  groups = g_variant_get_child_value (content, 9);
  singles = g_variant_get_child_value (content, 10);
  if (!read_groups (groups, results) || !read_singles (singles, results))
    return FALSE;

  g_array_sort (results, compare_ports);
  if (!are_new (results, ports, host))
    return FALSE;

  road_host_add_results (host, (const RoadPortResult *) (gpointer) results->data, results->len);

  return TRUE;
}

/**
 * road_record_new_ended:
 * @addresses: (element-type RoadAddress): addresses that ended
 *
 * Returns: (transfer floating): their record
 */
GVariant *
road_record_new_ended (GArray *addresses)
{
  GVariantBuilder builder;

  g_return_val_if_fail (addresses != NULL, NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE (ENDED_TYPE));
  for (guint i = 0; i < addresses->len; i++)
    g_variant_builder_add_value (&builder, road_record_pack_address (
                                               &g_array_index (addresses, RoadAddress, i)));

  return road_record_new (ROAD_RECORD_ENDED, g_variant_builder_end (&builder));
}

/* Returns: (transfer full) (nullable) (element-type RoadAddress): the addresses of a record */
GArray *
road_record_get_ended (GVariant *record)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_ENDED, ENDED_TYPE);
  g_autoptr (GArray) addresses = g_array_new (FALSE, FALSE, sizeof (RoadAddress));
  gsize n;

  if (content == NULL)
    return NULL;

  n = g_variant_n_children (content);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) bytes = g_variant_get_child_value (content, i);
      RoadAddress address;

      if (!road_record_unpack_address (bytes, &address) || address.length == 0)
        return NULL;
      g_array_append_val (addresses, address);
    }

  return g_steal_pointer (&addresses);
}

/* Returns: (transfer floating): the notes about the whole host, which may contain anything. Those about a port are with
 * its service. */
GVariant *
road_record_new_notes (RoadHost *host)
{
  GVariantBuilder notes;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  g_variant_builder_init (&notes, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);
      g_autofree char *name = NULL;
      g_autofree char *text = NULL;

      if (note->port != ROAD_NOTE_HOST)
        break; /* they are sorted */
      name = g_utf8_make_valid (note->name, -1);
      text = g_utf8_make_valid (note->text, -1);
      g_variant_builder_add (&notes, "(ss)", name, text);
    }

  return road_record_new (ROAD_RECORD_NOTES,
                          g_variant_new ("(@aya(ss))",
                                         road_record_pack_address (road_host_get_address (host)),
                                         &notes));
}

/* Adds the notes of a record to the host that has its address. @hosts: of RoadHost, by their addresses. Returns
 * %FALSE if there is no such host. */
gboolean
road_record_get_notes (GVariant *record, GHashTable *hosts)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_NOTES, NOTES_TYPE);
  g_autoptr (GVariant) bytes = NULL;
  g_autoptr (GVariantIter) notes = NULL;
  const char *name, *text;
  RoadAddress address;
  RoadHost *host;

  if (content == NULL)
    return FALSE;

  g_variant_get (content, "(@aya(ss))", &bytes, &notes);
  host =
      road_record_unpack_address (bytes, &address) ? g_hash_table_lookup (hosts, &address) : NULL;
  while (host != NULL && g_variant_iter_next (notes, "(&s&s)", &name, &text))
    road_host_take_note (host, name, text);

  return host != NULL;
}

/* @elapsed: in seconds, without pauses */
GVariant *
road_record_new_time (double elapsed)
{
  return road_record_new (ROAD_RECORD_TIME, g_variant_new_double (elapsed));
}

gboolean
road_record_get_time (GVariant *record, double *elapsed)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_TIME, "d");

  if (content == NULL)
    return FALSE;
  *elapsed = g_variant_get_double (content);

  return *elapsed >= 0 && *elapsed <= G_MAXINT32;
}

GVariant *
road_record_new_end (RoadReportStatus status)
{
  return road_record_new (ROAD_RECORD_END,
                          g_variant_new_string (road_report_status_to_string (status)));
}

gboolean
road_record_get_end (GVariant *record, RoadReportStatus *status)
{
  g_autoptr (GVariant) content = road_record_get_content (record, ROAD_RECORD_END, "s");

  return content != NULL &&
         road_report_status_from_string (g_variant_get_string (content, NULL), status);
}
