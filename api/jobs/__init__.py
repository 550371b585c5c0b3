"""Long work (*travaux longs*): computations in processes of their own, and jobs that outlive the process that does them."""
