/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/targets/road-target-list.h"

#include <stdio.h>
#include <string.h>

#include "engine/base/road-error.h"

/* A resolver without a network. It knows the names of a table; “tN.example” has the address
 * 10.9.0.N, “slow” and its like never get an answer. */
typedef struct
{
  GResolver parent_instance;

  guint n_lookups;
  guint n_pending;
  guint max_pending;
} TestResolver;

typedef GResolverClass TestResolverClass;

static const struct
{
  const char *name;
  const char *addresses;
} known[] = {
  { "one.example", "192.0.2.1" },
  { "uno.example", "192.0.2.1" },
  { "partly.example", "192.0.2.1 192.0.2.2 192.0.2.4" },
  { "many.example", "2001:db8::1 192.0.2.2 192.0.2.3 192.0.2.2 2001:db8::2" },
  { "six.example", "2001:db8::6" },
  { "links.example", "fe80::1 192.0.2.9" },
  { "link.example", "fe80::1" },
  { "xn--bcher-kva.example", "192.0.2.77" }, /* bücher.example */
};

static TestResolver *test_resolver;

/* Of the list that was made last. */
static RoadTargetLookups lookups;

GType test_resolver_get_type (void);

G_DEFINE_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static GList *
make_addresses (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GList *list = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    list = g_list_append (list, g_inet_address_new_from_string (words[i]));

  return list;
}

static void
free_addresses (gpointer list)
{
  g_resolver_free_addresses (list);
}

static gboolean
on_answer (gpointer data)
{
  GTask *task = data;
  const char *name = g_task_get_task_data (task);
  g_autofree char *numbered = NULL;

  test_resolver->n_pending--;
  if (sscanf (name, "t%m[0-9].example", &numbered) == 1)
    {
      g_autofree char *address = g_strconcat ("10.9.0.", numbered, NULL);

      g_task_return_pointer (task, make_addresses (address), free_addresses);
      return G_SOURCE_REMOVE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (strcmp (known[i].name, name) == 0)
        {
          g_task_return_pointer (task, make_addresses (known[i].addresses), free_addresses);
          return G_SOURCE_REMOVE;
        }
    }
  if (strcmp (name, "busy.example") == 0)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE,
                             "EAI_AGAIN");
  else if (strcmp (name, "broken.example") == 0)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_INTERNAL,
                             "the roof is on fire");
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "EAI_NONAME");

  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_task_return_error_if_cancelled (data);
}

static void
test_resolver_lookup_async (GResolver *resolver,
                            const char *name,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (name), g_free);
  test_resolver->n_lookups++;
  test_resolver->n_pending++;
  test_resolver->max_pending = MAX (test_resolver->max_pending, test_resolver->n_pending);
  if (g_str_has_prefix (name, "slow"))
    g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (on_cancelled), g_object_ref (task),
                           (GClosureNotify) g_object_unref, 0);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT, on_answer, g_object_ref (task), g_object_unref);
}

static GList *
test_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  klass->lookup_by_name_async = test_resolver_lookup_async;
  klass->lookup_by_name_finish = test_resolver_lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* One list that is being made. */
typedef struct
{
  GMainLoop *loop;
  RoadTargetList *list;
  GError *error;
} Making;

static void
on_list (GObject *source, GAsyncResult *result, gpointer data)
{
  Making *making = data;

  making->list = road_target_list_new_finish (result, &making->error);
  g_main_loop_quit (making->loop);
}

static RoadTargetList *
make_list_of_names (const char *targets,
                    const char *excludes,
                    RoadFamily family,
                    gboolean resolve_all,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (RoadTargetSpec) target_spec = road_target_spec_parse (targets, NULL);
  g_autoptr (RoadTargetSpec) exclude_spec = NULL;
  Making making = { .loop = loop };

  g_assert_nonnull (target_spec);
  if (excludes != NULL)
    {
      exclude_spec = road_target_spec_parse (excludes, NULL);
      g_assert_nonnull (exclude_spec);
    }
  test_resolver->n_lookups = 0;
  test_resolver->max_pending = 0;
  road_target_list_new_async (target_spec, exclude_spec, family, resolve_all, &lookups, cancellable,
                              on_list, &making);
  /* Nobody else holds them: the list has to. */
  g_clear_pointer (&target_spec, road_target_spec_unref);
  g_clear_pointer (&exclude_spec, road_target_spec_unref);
  g_main_loop_run (loop);

  g_assert_true ((making.list == NULL) == (making.error != NULL));
  if (making.error != NULL)
    g_propagate_error (error, making.error);
  return making.list;
}

static RoadTargetList *
make_list_full (const char *targets,
                const char *excludes,
                RoadFamily family,
                GCancellable *cancellable,
                GError **error)
{
  return make_list_of_names (targets, excludes, family, FALSE, cancellable, error);
}

static RoadTargetList *
make_list (const char *targets, const char *excludes)
{
  g_autoptr (GError) error = NULL;
  RoadTargetList *list = make_list_full (targets, excludes, ROAD_FAMILY_ANY, NULL, &error);

  g_assert_no_error (error);
  return list;
}

/* All targets of a short list with name and other addresses, as
 * “192.0.2.1 192.0.2.2=many.example(192.0.2.3)”. */
static char *
list_to_string (RoadTargetList *list)
{
  GString *string = g_string_new (NULL);

  for (guint64 i = 0; i < road_target_list_get_n_targets (list); i++)
    {
      RoadTarget target;
      g_autofree char *address = NULL;

      if (!road_target_list_get (list, i, &target))
        continue;
      address = road_address_to_string (&target.address);
      g_string_append_printf (string, "%s%s", string->len > 0 ? " " : "", address);
      if (target.name != NULL)
        {
          g_autofree char *names = g_strjoinv ("=", (GStrv) target.names);

          g_assert_cmpstr (target.name, ==, target.names[0]);
          g_string_append_printf (string, "=%s", names);
        }
      if (target.other_addresses != NULL)
        {
          g_autofree char *others = g_strjoinv (",", (GStrv) target.other_addresses);

          g_string_append_printf (string, "(%s)", others);
        }
    }

  return g_string_free (string, FALSE);
}

static void
assert_list (const char *targets, const char *excludes, const char *expected)
{
  g_autoptr (RoadTargetList) list = make_list (targets, excludes);
  g_autofree char *string = list_to_string (list);

  g_assert_cmpstr (string, ==, expected);
  g_assert_null (road_target_list_get_problems (list)[0]);
}

/* Hosts would be scanned in another order than they were typed, or some not at all. */
static void
test_order (void)
{
  assert_list ("10.0.0.9 ::1 10.0.0.2-3", NULL, "10.0.0.9 ::1 10.0.0.2 10.0.0.3");
  assert_list ("10.0.0-1.1,3", NULL, "10.0.0.1 10.0.0.3 10.0.1.1 10.0.1.3");
  assert_list ("10.0.0.0/30", NULL, "10.0.0.0 10.0.0.1 10.0.0.2 10.0.0.3");
}

/* A host that is typed twice would be scanned twice. */
static void
test_given_twice (void)
{
  assert_list ("10.0.0.1 10.0.0.1", NULL, "10.0.0.1");
  assert_list ("10.0.0.2 10.0.0.0/30", NULL, "10.0.0.2 10.0.0.0 10.0.0.1 10.0.0.3");
  assert_list ("10.0.0.0/30 10.0.0.2", NULL, "10.0.0.0 10.0.0.1 10.0.0.2 10.0.0.3");
  assert_list ("10.0.0.0-2 10.0.0.1-4", NULL, "10.0.0.0 10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4");
  assert_list ("10.0.0-1.1,3 10.0.0.0/30", NULL,
               "10.0.0.1 10.0.0.3 10.0.1.1 10.0.1.3 10.0.0.0 "
               "10.0.0.2");
  assert_list ("10.0.0.1 10.0.0-1.1,3", NULL, "10.0.0.1 10.0.0.3 10.0.1.1 10.0.1.3");
  assert_list ("192.0.2.1 one.example ONE.example", NULL, "192.0.2.1=one.example");
  assert_list ("255.255.255.254/31 255.255.255.255 0.0.0.0", NULL,
               "255.255.255.254 255.255.255.255 0.0.0.0");
  assert_list ("::ffff:10.0.0.1 10.0.0.1", NULL, "10.0.0.1");
}

/* What must not be scanned would be. */
static void
test_excludes (void)
{
  assert_list ("10.0.0.0/29", "10.0.0.1 10.0.0.4/30", "10.0.0.0 10.0.0.2 10.0.0.3");
  assert_list ("10.0.0.0/29", "10.0-1.0.1,3-7", "10.0.0.0 10.0.0.2");
  assert_list ("10.0-1.0.1,3", "10.0.0.0/16", "10.1.0.1 10.1.0.3");
  assert_list ("::1 fe80::1%lo 10.0.0.1", "::/0", "fe80::1%lo 10.0.0.1");
  assert_list ("fe80::1%lo fe80::2%lo", "fe80::2%lo", "fe80::1%lo");
  assert_list ("192.0.2.0/30", "many.example", "192.0.2.0 192.0.2.1");
  assert_list ("192.0.2.0-4", "many.example/31", "192.0.2.0 192.0.2.1 192.0.2.4");
  assert_list ("many.example one.example", "192.0.2.1",
               "192.0.2.2=many.example(2001:db8::1,192.0.2.3,2001:db8::2)");
  assert_list ("one.example 10.0.0.1", "ONE.example", "10.0.0.1");
  assert_list ("2001:db8::/127 192.0.2.1-3", "many.example/120", "192.0.2.1");
}

/* A host that nobody may touch would be scanned because a name server was slow. */
static void
test_unusable_excludes (void)
{
  static const struct
  {
    const char *excludes;
    const char *words[2];
  } table[] = {
    { "gone.example", { "“gone.example”", "name is unknown" } },
    { "10.0.0.2 busy.example gone.example",
      { "“busy.example”", "the name server does not answer" } },
    { "one.example/64", { "“one.example”", "/64 is too long" } },
    { "link.example", { "“link.example”", "link-local" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", table[i].excludes);
      g_assert_null (make_list_full ("10.0.0.1-3 one.example", table[i].excludes, ROAD_FAMILY_ANY,
                                     NULL, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_LOCAL);
      g_assert_true (g_str_has_prefix (error->message, "Nothing is scanned"));
      for (gsize j = 0; j < G_N_ELEMENTS (table[i].words); j++)
        g_assert_nonnull (strstr (error->message, table[i].words[j]));
    }
}

/* A report would not say by which name a host was asked for, nor which addresses it has besides; or
 * “localhost” would be scanned by IPv6, where little listens. */
static void
test_names (void)
{
  assert_list ("one.example", NULL, "192.0.2.1=one.example");
  assert_list ("many.example", NULL, "192.0.2.2=many.example(2001:db8::1,192.0.2.3,2001:db8::2)");
  assert_list ("https://one.example/", NULL, "192.0.2.1=one.example");
  assert_list ("One.Example", NULL, "192.0.2.1=One.Example");
  assert_list ("bücher.example", NULL, "192.0.2.77=bücher.example");
  assert_list ("one.example/30", NULL, "192.0.2.0 192.0.2.1=one.example 192.0.2.2 192.0.2.3");
  assert_list ("six.example/127", NULL, "2001:db8::6=six.example 2001:db8::7");
  assert_list ("many.example 10.0.0.1 one.example", NULL,
               "192.0.2.2=many.example(2001:db8::1,192.0.2.3,2001:db8::2) 10.0.0.1 "
               "192.0.2.1=one.example");
}

/* A link-local address from DNS cannot be connected to, as nobody knows on which link it is. */
static void
test_link_local (void)
{
  g_autoptr (GError) error = NULL;

  assert_list ("links.example", NULL, "192.0.2.9=links.example(fe80::1)");
  g_assert_null (make_list_full ("link.example", NULL, ROAD_FAMILY_ANY, NULL, &error));
  g_assert_error (error, ROAD_ERROR, ROAD_ERROR_LOCAL);
  g_assert_nonnull (strstr (error->message, "fe80::1%eth0"));
}

/* The name server would be asked the same again and again, or so much at once that it gives up. */
static void
test_lookups (void)
{
  g_autoptr (GString) targets = g_string_new (NULL);
  g_autoptr (RoadTargetList) list = NULL;
  RoadTarget target;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (targets, "t%u.example T%u.example/32 ", i, i);
  list = make_list (targets->str, "t1.example t200.example");

  g_assert_cmpuint (test_resolver->n_lookups, ==, 201);
  g_assert_cmpuint (test_resolver->max_pending, ==, 16);
  g_assert_cmpuint (road_target_list_get_n_targets (list), ==, 400);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *expected = g_strdup_printf ("10.9.0.%u", i);
      g_autofree char *address = NULL;

      g_assert_false (road_target_list_get (list, i * 2 + 1, &target));
      g_assert_cmpint (road_target_list_get (list, i * 2, &target), ==, i != 1);
      if (i == 1)
        continue;
      address = road_address_to_string (&target.address);
      g_assert_cmpstr (address, ==, expected);
    }
}

static void
assert_problem (RoadTargetList *list, guint index, const char *expected)
{
  const char *const *problems = road_target_list_get_problems (list);

  g_assert_cmpuint (g_strv_length ((GStrv) problems), >, index);
  g_assert_cmpstr (problems[index], ==, expected);
}

/* One wrong name would stop the scan of all others, or nobody would learn of it; while a name server does not answer,
 * nobody would know that it is the reason. */
static void
test_problems (void)
{
  g_autoptr (RoadTargetList) list =
      make_list ("nobody.example busy.example 10.0.0.1 broken.example "
                 "one.example/64 one.example",
                 "10.0.0.2");
  g_autofree char *string = list_to_string (list);

  g_assert_cmpstr (string, ==, "10.0.0.1 192.0.2.1=one.example");
  assert_problem (list, 0,
                  "Could not resolve “nobody.example”: the name is unknown or has no address");
  assert_problem (list, 1, "Could not resolve “busy.example”: the name server does not answer");
  assert_problem (list, 2, "Could not resolve “broken.example”: the roof is on fire");
  assert_problem (list, 3,
                  "“one.example” has an IPv4 address, for which /64 is too long: use /0 to /32");
  g_assert_null (road_target_list_get_problems (list)[4]);
  g_assert_cmpuint (lookups.n_names, ==, 4);
  g_assert_cmpuint (lookups.n_done, ==, 4);
  g_assert_cmpuint (lookups.n_unanswered, ==, 1);
}

/* -4 or -6 would scan the other family, or silently nothing. */
static void
test_family (void)
{
  const char *targets = "many.example one.example six.example 10.0.0.1 ::1 ::2 10.0.1.1,3";
  g_autoptr (GError) error = NULL;
  g_autoptr (RoadTargetList) four = make_list_full (targets, NULL, ROAD_FAMILY_IPV4, NULL, &error);
  g_autoptr (RoadTargetList) six = make_list_full (targets, NULL, ROAD_FAMILY_IPV6, NULL, &error);
  g_autofree char *four_string = list_to_string (four);
  g_autofree char *six_string = list_to_string (six);

  g_assert_cmpstr (four_string, ==,
                   "192.0.2.2=many.example(2001:db8::1,192.0.2.3,2001:db8::2) "
                   "192.0.2.1=one.example 10.0.0.1 10.0.1.1 10.0.1.3");
  assert_problem (four, 0, "“six.example” has no IPv4 address, and only IPv4 is scanned");
  assert_problem (four, 1, "2 targets are skipped because only IPv4 is scanned; the first is ::1");

  g_assert_cmpstr (six_string, ==,
                   "2001:db8::1=many.example(192.0.2.2,192.0.2.3,2001:db8::2) "
                   "2001:db8::6=six.example ::1 ::2");
  assert_problem (six, 0, "“one.example” has no IPv6 address, and only IPv6 is scanned");
  assert_problem (six, 1,
                  "2 targets are skipped because only IPv6 is scanned; the first is 10.0.0.1");
}

static void
assert_counts (RoadTargetList *list, guint64 n_addresses, guint64 n_excluded)
{
  g_assert_cmpuint (road_target_list_get_n_addresses (list), ==, n_addresses);
  g_assert_cmpuint (road_target_list_get_n_excluded (list), ==, n_excluded);
}

/* Of two names for one host, one would be nowhere, or the host be scanned twice. */
static void
test_same_address (void)
{
  static const struct
  {
    const char *targets;
    const char *expected;
    guint n_addresses;
  } cases[] = {
    { "one.example uno.example", "192.0.2.1=one.example=uno.example", 1 },
    { "uno.example one.example 192.0.2.1 192.0.2.1", "192.0.2.1=uno.example=one.example", 1 },
    { "192.0.2.1 one.example", "192.0.2.1=one.example", 1 },
    { "one.example ONE.example one.example/32", "192.0.2.1=one.example", 1 },
    { "192.0.2.0/31 one.example uno.example", "192.0.2.0 192.0.2.1=one.example=uno.example", 2 },
    { "uno.example one.example/31", "192.0.2.1=uno.example=one.example 192.0.2.0", 2 },
    { "partly.example one.example", "192.0.2.1=partly.example=one.example(192.0.2.2,192.0.2.4)",
      1 },
    { "partly.example 192.0.2.2 uno.example",
      "192.0.2.1=partly.example=uno.example(192.0.2.4) 192.0.2.2", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadTargetList) list = make_list (cases[i].targets, NULL);
      g_autofree char *string = list_to_string (list);

      g_assert_cmpstr (string, ==, cases[i].expected);
      assert_counts (list, cases[i].n_addresses, 0);
    }
}

/* Of a name, only one address would be scanned although all are wanted. */
static void
test_resolve_all (void)
{
  static const struct
  {
    const char *targets;
    const char *excludes;
    RoadFamily family;
    const char *expected;
  } cases[] = {
    { "many.example", NULL, ROAD_FAMILY_ANY,
      "2001:db8::1=many.example 192.0.2.2=many.example 192.0.2.3=many.example "
      "2001:db8::2=many.example" },
    { "many.example", NULL, ROAD_FAMILY_IPV4,
      "192.0.2.2=many.example(2001:db8::1,2001:db8::2) "
      "192.0.2.3=many.example(2001:db8::1,2001:db8::2)" },
    { "many.example", "192.0.2.3", ROAD_FAMILY_IPV4,
      "192.0.2.2=many.example(2001:db8::1,192.0.2.3,2001:db8::2)" },
    { "links.example", NULL, ROAD_FAMILY_ANY, "192.0.2.9=links.example(fe80::1)" },
    { "partly.example/31 one.example", NULL, ROAD_FAMILY_ANY,
      "192.0.2.0 192.0.2.1=partly.example=one.example 192.0.2.2=partly.example 192.0.2.3 "
      "192.0.2.4=partly.example 192.0.2.5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadTargetList) list = make_list_of_names (cases[i].targets, cases[i].excludes,
                                                            cases[i].family, TRUE, NULL, &error);
      g_autofree char *string = NULL;

      g_assert_no_error (error);
      string = list_to_string (list);
      g_assert_cmpstr (string, ==, cases[i].expected);
    }
}

/* Thousands of names would take seconds before the first connect. */
static void
test_many_names (void)
{
  g_autoptr (GString) text = g_string_new ("10.9.0.1");
  g_autoptr (RoadTargetList) list = NULL;
  RoadTarget target;
  gint64 start;

  /* All of them have the same address. */
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, " t1.example%u", i);
  start = g_get_monotonic_time ();
  list = make_list (text->str, NULL);
  assert_counts (list, 1, 0);
  g_assert_true (road_target_list_get (list, 0, &target));
  g_assert_cmpuint (g_strv_length ((GStrv) target.names), ==, 10000);
  g_assert_cmpstr (target.names[9999], ==, "t1.example9999");
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

/* A report would count hosts that were never to be scanned, or some twice. */
static void
test_counts (void)
{
  static const struct
  {
    const char *targets;
    const char *excludes;
    guint64 n_addresses;
    guint64 n_excluded;
  } cases[] = {
    { "127.0.0.1/30", "127.0.0.1", 3, 1 },
    { "127.0.0.1/30", "127.0.0.1 127.0.0.0/31 10.0.0.0/8", 2, 2 },
    { "10.0.0.1 10.0.0.0/24 10.0.0.0-9", NULL, 256, 0 },
    { "10.0.0.0/8", "10.1.0.0/16", (1 << 24) - (1 << 16), 1 << 16 },
    { "10.0.0.0/8 10.1.0.0/16", "10.1.0.0/16 10.1.1.0/24 10.0.255.0-10.1.0.9",
      (1 << 24) - (1 << 16) - 256, (1 << 16) + 256 },
    { "0.0.0.0/0", "*.*.*.1", G_GUINT64_CONSTANT (0xff000000), 1 << 24 },
    { "*.*.*.1,3", "*.*.1-254.* *.1,3.*.3", 2 * 256 * 256 * 2 - 256 * 2 * 2,
      2 * 256 * 256 * 254 + 1024 },
    { "10.0-255.0.1,5 10.3.*.5", "10.3.0.0/24", 255 * 2 + 255, 2 },
    { "::/0", "8000::/1", G_MAXUINT64, G_MAXUINT64 },
    { "::/0", NULL, G_MAXUINT64, 0 },
    { "::/0 10.0.0.0/31", "::/1 8000::/2 c000::/2 10.0.0.1", 1, G_MAXUINT64 },
    { "2001:db8::/64", "2001:db8::/65", G_GUINT64_CONSTANT (1) << 63,
      G_GUINT64_CONSTANT (1) << 63 },
    { "2001:db8::/63", "2001:db8:0:1::/64 2001:db8::/65 2001:db8:0:0:8000::/66",
      G_GUINT64_CONSTANT (1) << 62, G_MAXUINT64 },
    { "2001:db8::/126 2001:db8::/125", "2001:db8::6 2001:db8::4/126 2001:db8::/127", 2, 6 },
  };
  gint64 start = g_get_monotonic_time ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RoadTargetList) list = make_list (cases[i].targets, cases[i].excludes);

      g_test_message ("%s without %s", cases[i].targets, cases[i].excludes);
      assert_counts (list, cases[i].n_addresses, cases[i].n_excluded);
    }
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

#define ROOM 4 /* values of an octet; three octets vary */

/* A target in 10.0-3.0-3.0-3, which is added to @in. */
static void
append_in_room (GString *text, gboolean in[ROOM * ROOM * ROOM])
{
  guint masks[3], first, last;

  if (text->len > 0)
    g_string_append_c (text, ' ');

  if (g_test_rand_bit ())
    {
      first = (guint) g_test_rand_int_range (0, ROOM);
      last = (guint) g_test_rand_int_range ((int) first, ROOM);
      masks[0] = (guint) g_test_rand_int_range (0, ROOM);
      masks[1] = (guint) g_test_rand_int_range (0, ROOM);
      g_string_append_printf (text, "10.%u.%u.%u-10.%u.%u.%u", masks[0], masks[1], first, masks[0],
                              masks[1], last);
      for (guint v = first; v <= last; v++)
        in[(masks[0] * ROOM + masks[1]) * ROOM + v] = TRUE;
      return;
    }

  g_string_append (text, "10");
  for (guint i = 0; i < 3; i++)
    {
      masks[i] = (guint) g_test_rand_int_range (1, 1 << ROOM);
      for (guint v = 0, n = 0; v < ROOM; v++)
        {
          if (masks[i] >> v & 1)
            g_string_append_printf (text, "%s%u", n++ > 0 ? "," : ".", v);
        }
    }
  for (guint v = 0; v < ROOM * ROOM * ROOM; v++)
    {
      if (masks[0] >> v / ROOM / ROOM & masks[1] >> v / ROOM % ROOM & masks[2] >> v % ROOM & 1)
        in[v] = TRUE;
    }
}

/* In some mixture of patterns and ranges the counts would be wrong. */
static void
test_random_counts (void)
{
  for (int round = 0; round < 500; round++)
    {
      g_autoptr (GString) targets = g_string_new (NULL);
      g_autoptr (GString) excludes = g_string_new (NULL);
      g_autoptr (RoadTargetList) list = NULL;
      gboolean given[ROOM * ROOM * ROOM] = { FALSE };
      gboolean excluded[ROOM * ROOM * ROOM] = { FALSE };
      guint n_left = 0, n_excluded = 0;

      for (int i = g_test_rand_int_range (1, 8); i > 0; i--)
        append_in_room (targets, given);
      for (int i = g_test_rand_int_range (1, 5); i > 0; i--)
        append_in_room (excludes, excluded);
      for (guint v = 0; v < G_N_ELEMENTS (given); v++)
        {
          n_left += given[v] && !excluded[v];
          n_excluded += given[v] && excluded[v];
        }

      list = make_list_full (targets->str, excludes->str, ROAD_FAMILY_ANY, NULL, NULL);
      g_test_message ("%s without %s", targets->str, excludes->str);
      g_assert_cmpint (list == NULL, ==, n_left == 0);
      if (list != NULL)
        assert_counts (list, n_left, n_excluded);
    }
}

/* Many exclusions between the gaps of a pattern would keep the window waiting. */
static void
test_many_counts (void)
{
  g_autoptr (GString) excludes = g_string_new ("10.0.0.0");
  g_autoptr (RoadTargetList) list = NULL;
  gint64 start;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (excludes, " %u.%u.%u.7", 11 + i % 200, i / 200, i % 256);
  start = g_get_monotonic_time ();
  list = make_list ("*.*.*.1,7 10-12.*.0-9.7,9", excludes->str);
  g_test_message ("%.2f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  assert_counts (list, (G_GUINT64_CONSTANT (1) << 25) + 3 * 256 * 10 - 10000, 10000);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

/* A scan of nothing would seem to have gone well. */
static void
test_nothing_left (void)
{
  static const struct
  {
    const char *targets;
    const char *excludes;
    RoadFamily family;
    const char *word;
  } nothing[] = {
    { "nobody.example", NULL, ROAD_FAMILY_ANY, "Could not resolve “nobody.example”: " },
    { "nobody.example busy.example", NULL, ROAD_FAMILY_ANY, "None of the targets can be scanned" },
    { "10.0.0.1", NULL, ROAD_FAMILY_IPV6, "1 target is skipped" },
    { "one.example", "192.0.2.1", ROAD_FAMILY_ANY, "all targets are excluded" },
    { "10.0.0.0/8 10.1.0.0", "10.0.0.0/9 10.128-255.0-255.*", ROAD_FAMILY_ANY, "excluded" },
    { "10.0-9.0.1,3 10.0.0.1", "10.0-20.0.1-3", ROAD_FAMILY_ANY, "excluded" },
    { "::/0 0.0.0.0/0", "::/1 8000::/1 *.*.*.*", ROAD_FAMILY_ANY, "excluded" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (make_list_full (nothing[i].targets, nothing[i].excludes, nothing[i].family,
                                     NULL, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_LOCAL);
      if (strstr (error->message, nothing[i].word) == NULL)
        g_error ("%s: nothing of “%s” in: %s", nothing[i].targets, nothing[i].word, error->message);
    }
}

/* “Everything is excluded” would be said although one host is left. */
static void
test_one_left (void)
{
  assert_list ("10.0.0.0/30", "10.0.0.0/31 10.0.0.2", "10.0.0.3");
  assert_list ("10.0.0.0/30", "10.0.0.1-3", "10.0.0.0");
  assert_list ("10.0.0.0/30", "10.0.0.0,1,3", "10.0.0.2");
  assert_list ("10.0.0.0/30 10.0.0.9", "10.0.0.0/29", "10.0.0.9");
  assert_list ("10.0.0.1,3", "10.0.0.0/31", "10.0.0.3");
}

/* A large network would take memory and time before the first connect. */
static void
test_large (void)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (RoadTargetList) ten = make_list ("10.0.0.0/8", "10.1.0.0/16");
  g_autoptr (RoadTargetList) six =
      make_list ("10.0.0.1 2001:db8::/64 2001:db8:1::/48 10.0.0.2", "2001:db8::5");
  RoadTarget target;
  g_autofree char *last = NULL;
  g_autofree char *far = NULL;

  g_assert_cmpuint (road_target_list_get_n_targets (ten), ==, 1 << 24);
  g_assert_true (road_target_list_get (ten, (1 << 24) - 1, &target));
  last = road_address_to_string (&target.address);
  g_assert_cmpstr (last, ==, "10.255.255.255");
  g_assert_false (road_target_list_get (ten, 1 << 16, &target));
  g_assert_true (road_target_list_get (ten, 1 << 17, &target));

  g_assert_cmpuint (road_target_list_get_n_targets (six), ==, G_MAXUINT64);
  g_assert_false (road_target_list_get (six, 6, &target));
  g_assert_true (road_target_list_get (six, G_MAXUINT64 - 1, &target));
  far = road_address_to_string (&target.address);
  g_assert_cmpstr (far, ==, "2001:db8::ffff:ffff:ffff:fffd");
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
}

/* A list of many networks would make each target slow to find. */
static void
test_many_networks (void)
{
  g_autoptr (GString) text = g_string_new ("0.0.0.0");
  g_autoptr (RoadTargetList) list = NULL;
  RoadTarget target;
  guint64 n;
  guint n_found = 0;
  gint64 start;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, " 10.%u.%u.0/23", i >> 8, i & 255);
  start = g_get_monotonic_time ();
  list = make_list (text->str, text->str + strlen ("0.0.0.0 10.0.0.0/23 "));
  n = road_target_list_get_n_targets (list);
  g_assert_cmpuint (n, ==, 1 + 20000 * 512);
  for (guint64 i = 0; i < n; i += 7)
    n_found += road_target_list_get (list, i, &target) ? 1 : 0;
  g_test_message ("%.1f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_assert_cmpuint (n_found, ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
}

/* A random IPv4 target in a small room, where many overlap. */
static void
append_random (GString *text)
{
  int first = g_test_rand_int_range (0, 64);
  int length = g_test_rand_int_range (0, 64 - first);

  if (text->len > 0)
    g_string_append_c (text, ' ');
  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      g_string_append_printf (text, "10.0.0.%d", first);
      break;
    case 1:
      g_string_append_printf (text, "10.0.0.%d/%d", first, g_test_rand_int_range (26, 33));
      break;
    case 2:
      g_string_append_printf (text, "10.0.0.%d-%d", first, first + length);
      break;
    case 3:
      g_string_append_printf (text, "10.0.0.%d,%d,%d", first, first + length, 3);
      break;
    default:
      g_string_append_printf (text, "10.0.0.%d-10.0.0.%d", first, first + length);
      break;
    }
}

/* Expands the targets of a text naively: the low octets in order, those of @without left out. */
static GArray *
expand (const char *text, const gboolean *without)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GArray *octets = g_array_new (FALSE, FALSE, sizeof (int));
  gboolean seen[256] = { FALSE };

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean in[256] = { FALSE };
      int a, b, c;

      if (sscanf (words[i], "10.0.0.%d-10.0.0.%d", &a, &b) == 2 ||
          sscanf (words[i], "10.0.0.%d-%d", &a, &b) == 2)
        for (int v = a; v <= b; v++)
          in[v] = TRUE;
      else if (sscanf (words[i], "10.0.0.%d,%d,%d", &a, &b, &c) == 3)
        in[a] = in[b] = in[c] = TRUE;
      else if (sscanf (words[i], "10.0.0.%d/%d", &a, &b) == 2)
        for (int v = a >> (32 - b) << (32 - b); v <= (a | ((1 << (32 - b)) - 1)); v++)
          in[v] = TRUE;
      else if (sscanf (words[i], "10.0.0.%d", &a) == 1)
        in[a] = TRUE;
      else
        g_assert_not_reached ();

      for (int v = 0; v < 256; v++)
        {
          if (in[v] && !seen[v] && (without == NULL || !without[v]))
            g_array_append_val (octets, v);
          seen[v] = seen[v] || in[v];
        }
    }

  return octets;
}

/* In some mixture of ranges a host would be left out, scanned twice, or scanned though excluded. */
static void
test_random (void)
{
  for (int round = 0; round < 500; round++)
    {
      g_autoptr (GString) targets = g_string_new (NULL);
      g_autoptr (GString) excludes = g_string_new (NULL);
      g_autoptr (GArray) without = NULL;
      g_autoptr (GArray) expected = NULL;
      g_autoptr (RoadTargetList) list = NULL;
      g_autoptr (GError) error = NULL;
      gboolean excluded[256] = { FALSE };
      guint n = 0;

      for (int i = g_test_rand_int_range (1, 12); i > 0; i--)
        append_random (targets);
      for (int i = g_test_rand_int_range (1, 5); i > 0; i--)
        append_random (excludes);

      without = expand (excludes->str, NULL);
      for (guint i = 0; i < without->len; i++)
        excluded[g_array_index (without, int, i)] = TRUE;
      expected = expand (targets->str, excluded);

      list = make_list_full (targets->str, excludes->str, ROAD_FAMILY_ANY, NULL, &error);
      g_assert_cmpint (list == NULL, ==, expected->len == 0);
      for (guint64 i = 0; list != NULL && i < road_target_list_get_n_targets (list); i++)
        {
          RoadTarget target;

          if (!road_target_list_get (list, i, &target))
            continue;
          g_assert_cmpuint (n, <, expected->len);
          g_assert_cmpint (target.address.bytes[3], ==, g_array_index (expected, int, n));
          n++;
        }
      g_assert_cmpuint (n, ==, expected->len);
    }
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/* Stop would not stop a scan that waits for a name server. */
static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) targets = g_string_new ("10.0.0.1 one.example");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (targets, " slow%u.example", i);
  g_timeout_add (50, cancel, cancellable);
  g_assert_null (make_list_full (targets->str, NULL, ROAD_FAMILY_ANY, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_resolver->n_lookups, <=, 17);
  g_assert_cmpuint (lookups.n_names, ==, 51);
  g_assert_cmpuint (lookups.n_unanswered, ==, 0);
  g_clear_error (&error);
  test_resolver->n_pending = 0;

  /* It was cancelled before it began. */
  g_assert_null (make_list_full ("one.example", NULL, ROAD_FAMILY_ANY, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (test_resolver->n_lookups, ==, 0);
}

/* With the resolver of the system, “localhost” would not be found. */
static void
test_localhost (void)
{
  g_autoptr (RoadTargetList) list = NULL;
  RoadTarget target;
  g_autoptr (GInetAddress) inet = NULL;

  g_resolver_set_default (g_object_get_data (G_OBJECT (test_resolver), "system"));
  list = make_list ("localhost", NULL);
  g_resolver_set_default (G_RESOLVER (test_resolver));

  g_assert_cmpuint (road_target_list_get_n_targets (list), ==, 1);
  g_assert_true (road_target_list_get (list, 0, &target));
  g_assert_cmpstr (target.name, ==, "localhost");
  inet = road_address_to_inet (&target.address);
  g_assert_true (g_inet_address_get_is_loopback (inet));
}

/* Nobody would know that a name has addresses which were not scanned. */
static void
test_partial (void)
{
  const struct
  {
    const char *targets;
    gboolean resolve_all;
    guint n;
    const char *name;
    guint n_addresses;
  } table[] = {
    { "one.example partly.example", FALSE, 1, "partly.example", 3 },
    { "partly.example PARTLY.example", FALSE, 1, "partly.example", 3 },
    { "partly.example many.example", FALSE, 2, "partly.example", 3 },
    { "partly.example many.example", TRUE, 0, NULL, 0 },
    /* A link-local address cannot be scanned. */
    { "one.example links.example 10.0.0.1", FALSE, 0, NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoadTargetList) list = make_list_of_names (table[i].targets, NULL, ROAD_FAMILY_ANY,
                                                            table[i].resolve_all, NULL, &error);
      const char *name;
      guint n_addresses;

      g_assert_no_error (error);
      g_assert_cmpuint (road_target_list_get_partial (list, &name, &n_addresses), ==, table[i].n);
      g_assert_cmpstr (name, ==, table[i].name);
      g_assert_cmpuint (n_addresses, ==, table[i].n_addresses);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);

  test_resolver = g_object_new (test_resolver_get_type (), NULL);
  g_object_set_data_full (G_OBJECT (test_resolver), "system", g_resolver_get_default (),
                          g_object_unref);
  g_resolver_set_default (G_RESOLVER (test_resolver));

  g_test_add_func ("/target-list/order", test_order);
  g_test_add_func ("/target-list/given-twice", test_given_twice);
  g_test_add_func ("/target-list/excludes", test_excludes);
  g_test_add_func ("/target-list/unusable-excludes", test_unusable_excludes);
  g_test_add_func ("/target-list/names", test_names);
  g_test_add_func ("/target-list/link-local", test_link_local);
  g_test_add_func ("/target-list/lookups", test_lookups);
  g_test_add_func ("/target-list/problems", test_problems);
  g_test_add_func ("/target-list/family", test_family);
  g_test_add_func ("/target-list/same-address", test_same_address);
  g_test_add_func ("/target-list/resolve-all", test_resolve_all);
  g_test_add_func ("/target-list/partial", test_partial);
  g_test_add_func ("/target-list/many-names", test_many_names);
  g_test_add_func ("/target-list/counts", test_counts);
  g_test_add_func ("/target-list/random-counts", test_random_counts);
  g_test_add_func ("/target-list/many-counts", test_many_counts);
  g_test_add_func ("/target-list/nothing-left", test_nothing_left);
  g_test_add_func ("/target-list/one-left", test_one_left);
  g_test_add_func ("/target-list/large", test_large);
  g_test_add_func ("/target-list/many-networks", test_many_networks);
  g_test_add_func ("/target-list/random", test_random);
  g_test_add_func ("/target-list/cancel", test_cancel);
  g_test_add_func ("/target-list/localhost", test_localhost);

  result = g_test_run ();
  g_object_unref (test_resolver);

  return result;
}
