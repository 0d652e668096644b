/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "sim-config.h"
#include "sim-expectation.h"
#include "sim-network.h"
#include "sim-tun.h"

/*
 * simnet CONFIG.json
 *   Simulates a network behind a TUN device, in the network namespace it is started in. Prints
 *   “ready” when packets may come. SIGUSR1: prints statistics, a line of JSON. SIGTERM: prints them
 *   and ends.
 *
 * simnet --truth CONFIG.json TARGETS PORTS
 *   Prints what a scanner of that network should find.
 *
 * See README.md beside this file.
 */

/* How many packets are read before answers are sent, and the other way round. */
#define BATCH 64

#define MAX_PACKET 2048

/* The kernel may wake us up later than asked by this, in ns; by default that is 50 µs. */
#define TIMER_SLACK 1000

static void
read_packets (int tun, SimNetwork *network)
{
  guint8 packet[MAX_PACKET];

  for (guint i = 0; i < BATCH; i++)
    {
      gssize length = read (tun, packet, sizeof packet);

      if (length <= 0)
        break;
      sim_network_receive (network, packet, (gsize) length, g_get_monotonic_time ());
    }
}

static void
send_answers (int tun, SimNetwork *network)
{
  const SimAnswer *answer;

  for (guint i = 0; i < BATCH; i++)
    {
      answer = sim_network_take_answer (network, g_get_monotonic_time ());
      if (answer == NULL)
        break;
      if (write (tun, answer->packet, answer->length) < 0)
        g_printerr ("simnet: an answer could not be sent: %s\n", g_strerror (errno));
    }
}

static void
print_stats (SimNetwork *network)
{
  SimStats *stats = sim_network_get_stats (network);
  g_autofree char *json = NULL;

  stats->n_dropped = sim_tun_get_n_dropped ();
  json = sim_stats_to_json (stats);
  puts (json);
  fflush (stdout);
}

static struct timespec
get_timeout (SimNetwork *network)
{
  gint64 due = sim_network_get_next_due (network);
  gint64 now = g_get_monotonic_time ();
  gint64 left = due == G_MAXINT64 ? G_USEC_PER_SEC : MAX (due - now, 0);

  return (struct timespec){ .tv_sec = left / G_USEC_PER_SEC,
                            .tv_nsec = left % G_USEC_PER_SEC * 1000 };
}

/* Until SIGTERM comes. */
static void
run (int tun, int signals, SimNetwork *network)
{
  struct pollfd fds[] = { { tun, POLLIN, 0 }, { signals, POLLIN, 0 } };
  struct signalfd_siginfo signal;

  while (TRUE)
    {
      struct timespec timeout = get_timeout (network);

      if (ppoll (fds, G_N_ELEMENTS (fds), &timeout, NULL) < 0)
        g_error ("ppoll: %s", g_strerror (errno));

      if (fds[0].revents != 0)
        read_packets (tun, network);
      send_answers (tun, network);

      if (fds[1].revents != 0 && read (signals, &signal, sizeof signal) == sizeof signal)
        {
          print_stats (network);
          if (signal.ssi_signo == SIGTERM)
            return;
        }
    }
}

static gboolean
simulate (const SimConfig *config, GError **error)
{
  g_autoptr (GError) ipv6_error = NULL;
  SimNetwork *network;
  sigset_t signals;
  int tun, signal_fd;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGUSR1);
  sigprocmask (SIG_BLOCK, &signals, NULL);
  signal_fd = signalfd (-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);

  tun = sim_tun_open (error);
  if (tun < 0 || !sim_tun_add_network (SIM_SCANNER, SIM_HOSTS, error))
    return FALSE;
  if (!sim_tun_add_network (SIM_SCANNER6, SIM_HOSTS6, &ipv6_error))
    g_printerr ("simnet: without IPv6: %s\n", ipv6_error->message);

  /* A network does not wait for a busy processor. Where this is not allowed, answers may be late; the
   * statistics say so. */
  sched_setscheduler (0, SCHED_RR, &(struct sched_param){ .sched_priority = 1 });
  prctl (PR_SET_TIMERSLACK, TIMER_SLACK);
  /* The harness may be killed; nobody else would end us. */
  prctl (PR_SET_PDEATHSIG, SIGTERM);

  network = sim_network_new (config);
  puts ("ready");
  fflush (stdout);
  run (tun, signal_fd, network);
  sim_network_free (network);
  close (signal_fd);
  close (tun);

  return TRUE;
}

int
main (int argc, char *argv[])
{
  gboolean truth = argc == 5 && g_str_equal (argv[1], "--truth");
  g_autoptr (GError) error = NULL;
  g_autoptr (SimConfig) config = NULL;

  if (argc != 2 && !truth)
    {
      g_printerr ("Usage: simnet CONFIG.json\n       simnet --truth CONFIG.json TARGETS PORTS\n");
      return EXIT_FAILURE;
    }

  config = sim_config_load (argv[truth ? 2 : 1], &error);
  if (config == NULL || !(truth ? sim_expectation_print (config, argv[3], argv[4], &error)
                                : simulate (config, &error)))
    {
      g_printerr ("simnet: %s\n", error->message);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
